// After everything was deleted: this device lets go of what it keeps of that diary, and sends nothing of it any more.

import { shelf } from "../frame/shelf.js";

const told = /** @type {HTMLElement} */ (document.getElementById("gone"));
const { account } = told.dataset;
const NAME = account ? `quietlegs.${account}` : "quietlegs";

/** Entries that wait, and those that were refused. */
async function emptyShelf() {
  const box = shelf(NAME);
  for (const drawer of /** @type {const} */ (["waiting", "refused"])) {
    await box.remove(drawer, (await box.all(drawer)).map(({ id }) => id));
  }
}

/** Where several people share the device, what belongs to others stays: their keys name their own account. */
function emptyBrowser() {
  const mine = (/** @type {string} */ key) => key.startsWith("quietlegs") && (!account || key.includes(account));
  for (const key of Object.keys(localStorage).filter(mine)) localStorage.removeItem(key);
  sessionStorage.clear();
}

/**
 * Pages that are kept for a night without a network. A worker that let the form pass has thrown them away by itself, and
 * keeps those of the new diary by now.
 */
async function emptyPages() {
  if (navigator.serviceWorker?.controller) return;
  for (const name of await caches.keys()) if (name.startsWith("pages-") || name === "ledger") await caches.delete(name);
}

async function forget() {
  await emptyShelf();
  emptyBrowser();
  if ("caches" in window) await emptyPages();
}

forget().then(
  () => { told.textContent = told.dataset.done ?? ""; },
  () => { told.textContent = told.dataset.notDone ?? ""; },
);
