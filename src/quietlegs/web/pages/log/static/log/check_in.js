// The one question of the first page: a tap is a fact on this device at once, about the night that this device's clock
// asks about, however old the page is.

import { fact } from "../frame/fact.js";
import { all, at as found } from "../frame/found.js";
import { takenBack } from "./held.js";
import { asksAbout, isBehind, nightWords, page, shown } from "./noted.js";
import { save } from "./saving.js";

const at = (/** @type {string} */ id) => found(`check-in-${id}`);
const card = found("check-in");
const said = at("said");
const say = (/** @type {string} */ words) => { said.textContent = words; };

/** @typedef {import("../frame/fact.js").Fact["payload"]} Payload */

let about = asksAbout();
let skipped = false;
/** @type {import("./saving.js").Saved[]} */
let saved = [];

const severity = () => shown(about.night, "night_rating")?.payload.severity ?? null;

/** What was answered, in words. */
function answer() {
  const value = severity();
  const words = page.words[(about.going_on ? "on" : "over") + (value === 0 ? "_nothing" : "")];
  return words.replace("{severity}", String(value));
}

function draw() {
  const answered = severity() !== null;
  for (const words of all(card, "[data-when]")) {
    words.hidden = words.dataset.when !== (about.going_on ? "on" : "over");
  }
  at("night").textContent = nightWords(about.night, "long");
  at("rate").hidden = answered;
  at("undo").hidden = !answered;
  at("sleep").hidden = !answered || about.going_on || skipped || shown(about.night, "sleep") !== null;
}

/**
 * @param {string} kind
 * @param {(before: Payload|undefined) => Payload} payload
 */
async function keep(kind, payload) {
  const before = shown(about.night, kind);
  const made = fact(kind, payload(before?.payload), { replaced: before, night: about.night });
  saved.push({ made, before });
  const kept = save([made], say, () => `${answer()} `);
  draw();
  at("title").focus({ preventScroll: true });
  await kept;
}

/** Hour and place that were noted before stay, unless nothing was felt after all. */
const rated = (/** @type {number} */ value) => (/** @type {Payload|undefined} */ before) => (value === 0 ? { severity: 0, where: [] } : { where: [], ...before, severity: value });

async function undo() {
  const held = shown(about.night, "night_rating");
  const back = saved.length ? saved : held ? [{ made: held, before: null }] : [];
  saved = [];
  const kept = save(takenBack(back, fact), say, () => `${page.words.back} `);
  draw();
  at("title").focus({ preventScroll: true });
  await kept;
}

/** @type {Record<string, (value: number) => Promise<void>>} */
const forms = {
  "check-in-rate": (value) => keep("night_rating", rated(value)),
  "check-in-sleep": (value) => keep("sleep", (before) => ({ ...before, quality: value })),
  "check-in-undo": undo,
};

card.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  forms[form.id](Number(event.submitter?.getAttribute("value")));
});

const skip = found("skip-sleep");
skip.hidden = false;
skip.addEventListener("click", () => {
  skipped = true;
  draw();
  at("title").focus({ preventScroll: true });
});

function look() {
  const now = asksAbout();
  if (now.night !== about.night || now.going_on !== about.going_on) saved = [];
  about = now;
  draw();
  if (!saved.length && severity() !== null) say(answer());
  else if (!saved.length) say("");
}

const isOld = card.dataset.night !== about.night || isBehind(about.night);
if (isOld) look();
document.addEventListener("visibilitychange", () => document.hidden || asksAbout().night === about.night || look());
