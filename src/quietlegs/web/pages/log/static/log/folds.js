// A fold that this device opened last time is open again, and one that it closed stays closed.

import { all } from "../frame/found.js";

const FOLDS = "quietlegs.log.folds";

function read() {
  try {
    return JSON.parse(localStorage.getItem(FOLDS) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {HTMLDetailsElement} fold */
function remember(fold) {
  try {
    localStorage.setItem(FOLDS, JSON.stringify({ ...read(), [fold.dataset.fold ?? ""]: fold.open }));
  } catch {
    // Storage is forbidden; the folds stay as the page has them.
  }
}

const kept = read();
for (const each of all(document, "details[data-fold]")) {
  const fold = /** @type {HTMLDetailsElement} */ (each);
  fold.open = kept[fold.dataset.fold ?? ""] ?? fold.open;
  // The tap on the summary, not the toggle: a fold that the page itself opens is nobody's wish.
  fold.firstElementChild?.addEventListener("click", () => setTimeout(() => remember(fold)));
}
