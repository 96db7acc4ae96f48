// Lets the worker in, and hears from it. Browsers run one only over https, or from the very machine that serves.

const WORKER = "/worker.js";
// A browser that knows trusted types takes an address for a script from this policy alone, and it knows but one.
const trusted = window.trustedTypes?.createPolicy("worker", {
  /** @param {string} address */
  createScriptURL: (address) => {
    if (address !== WORKER) throw new TypeError("no script of ours");
    return address;
  },
});

const guiding = () => !["before", "drawn", undefined].includes(document.body.dataset.stage);

/**
 * A page that offers what newer safety answers may forbid is asked for again, unless somebody is in the middle of it.
 * @param {MessageEvent} event
 */
function hear(event) {
  if (event.data?.quietlegs === "answers" && !guiding()) location.reload();
}

async function register() {
  const address = trusted?.createScriptURL(WORKER) ?? WORKER;
  // The browser wants the trusted object itself; its types know only text.
  const look = () => navigator.serviceWorker.controller?.postMessage("look");
  navigator.serviceWorker.addEventListener("controllerchange", look);
  await navigator.serviceWorker.register(/** @type {string} */ (address), { updateViaCache: "none" });
  navigator.serviceWorker.addEventListener("message", hear);
  navigator.serviceWorker.startMessages();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
}

if ("serviceWorker" in navigator) {
  // What a person sees comes first; a browser that lets no worker in shows the pages all the same.
  const begin = () => register().catch(() => undefined);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}
