// Turns reminders on for this browser: asks it for an address at its push service, and sends that with the form.

const PATIENCE_MS = 10_000;
const form = /** @type {HTMLFormElement} */ (document.getElementById("push-form"));
const told = /** @type {HTMLElement} */ (document.getElementById("push-told"));

/** The worker that will show the notification, once it is in. */
async function registration() {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("no worker")), PATIENCE_MS));
  return /** @type {Promise<ServiceWorkerRegistration>} */ (Promise.race([navigator.serviceWorker.ready, late]));
}

/** @param {string} key base64url */
function bytes(key) {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

/** An address that was made for another key is of no use: it is given up for a new one. */
async function subscribe() {
  const { pushManager } = await registration();
  const options = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key ?? "") };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  }
}

/** @param {SubmitEvent} event */
async function turnOn(event) {
  event.preventDefault();
  told.textContent = "";
  try {
    const { endpoint, keys } = (await subscribe()).toJSON();
    const values = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth };
    for (const [name, value] of Object.entries(values)) {
      /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = value ?? "";
    }
    form.submit();
  } catch {
    told.textContent = (Notification.permission === "granted" ? form.dataset.broken : form.dataset.refused) ?? "";
  }
}

/** The card of this very browser: the button is not needed again, and turning it off ends it in the browser too. */
async function own() {
  const subscription = await (await registration()).pushManager.getSubscription();
  const card = [...document.querySelectorAll("[data-endpoint]")].find(
    (one) => one instanceof HTMLElement && one.dataset.endpoint === subscription?.endpoint,
  );
  if (!card || !subscription) return;
  form.hidden = true;
  card.querySelector("[data-off]")?.addEventListener("submit", () => subscription.unsubscribe());
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.hidden = false;
  form.addEventListener("submit", turnOn);
  own().catch(() => undefined);
} else {
  told.textContent = told.dataset.none ?? "";
}
