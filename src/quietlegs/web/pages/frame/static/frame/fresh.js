// A page that was left behind, by the back button or overnight, is asked for again before it is believed.

const WRITTEN = "quietlegs.written";
const LATE_MS = 1000;

function written() {
  try {
    return Number(sessionStorage.getItem(WRITTEN) ?? 0);
  } catch {
    return 0;
  }
}

document.addEventListener("submit", () => {
  try {
    sessionStorage.setItem(WRITTEN, String(written() + 1));
  } catch {
    // Storage is forbidden; the page still says which night it is about.
  }
}, true);

/** Seconds for which the question on this page is the right one, as the server counted them; none: always. */
const goodFor = () => Number(document.querySelector("[data-good-for]")?.getAttribute("data-good-for") ?? Infinity) * 1000 + LATE_MS;

/** When this page's words were made: how much had been written by then, and the device's own time. */
const now = () => ({ written: written(), at: Date.now() });
let made = now();

function look() {
  const isOld = made.written !== written() || Date.now() - made.at > goodFor();
  // What could not be written down as it stands is not thrown away.
  if (!isOld || !document.querySelector("form") || document.querySelector("[role=alert]:not(:empty)")) return;
  location.reload();
}

// The back button may bring the page as it first came, from the browser's store; the history knows how old that is.
const [opened] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
const isFromStore = opened?.type === "back_forward";
if (isFromStore && history.state?.made) made = history.state.made;
else history.replaceState({ ...history.state, made }, "");

// What was noted in this very page is no news to it.
document.addEventListener("noted", () => { made = now(); });
window.addEventListener("pageshow", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
if (goodFor() < Infinity) setTimeout(look, goodFor() + LATE_MS);
