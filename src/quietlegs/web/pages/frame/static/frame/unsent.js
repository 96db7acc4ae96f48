// On every page: sends what waits on this device, and says how much does, in one quiet line that links to all of it.

import { adopt } from "./draft.js";
import { outbox } from "./outbox.js";

// What is on its way for a moment only is not worth a line that comes and goes.
const LATE_MS = 1500;

const line = /** @type {HTMLElement} */ (document.getElementById("unsent"));
const link = /** @type {HTMLAnchorElement} */ (line.querySelector("a"));
const box = outbox({ url: line.dataset.url ?? "", tell });
let words = "";
let later = 0;

/** @param {import("./outbox.js").Standing} standing */
function tell({ waiting, refused, kept }) {
  const { one, many, refused: left, nothingKept } = line.dataset;
  words = [
    waiting && (waiting === 1 ? one : many?.replace("{n}", String(waiting))),
    refused && left?.replace("{n}", String(refused)),
    waiting && kept === "page" && nothingKept,
  ].filter(Boolean).join(". ");
  if (line.hidden && words) later ||= setTimeout(show, LATE_MS);
  else show();
}

function show() {
  clearTimeout(later);
  later = 0;
  if (link.textContent !== words) link.textContent = words;
  line.hidden = !words;
}

window.addEventListener("online", () => box.flush());
document.addEventListener("visibilitychange", () => { if (!document.hidden) box.flush(); });
window.addEventListener("pageshow", (event) => { if (event.persisted) box.flush(); });
adopt(box.add).then(box.flush, box.flush);
