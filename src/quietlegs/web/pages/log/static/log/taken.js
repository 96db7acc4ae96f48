// What was drunk or taken, noted by one tap, and the other entries of a night; each can be taken back and put back.

import { fact } from "../frame/fact.js";
import { zone } from "../frame/noting.js";
import { clockTime, momentIn } from "../frame/wall.js";
import { intake, iso, Problem } from "./entry.js";
import { answersOf, at, one } from "../frame/found.js";
import { holding, takenBack } from "./held.js";
import { page, unseen } from "./noted.js";
import { complaint } from "./problem.js";
import { save } from "./saving.js";

const DOUBLE_MS = 1000;
const list = at("entries");
const template = /** @type {HTMLTemplateElement} */ (at("entry"));
const say = (/** @type {string} */ words) => { at("taken-said").textContent = words; };
let night = "";
/**
 * What a tap on an entry's button takes back: the fact itself, or the withdrawal of it.
 * @type {Map<string, import("./saving.js").Saved>}
 */
const held = new Map();

/** The night that anything taken now belongs to. */
const tonight = () => momentIn(Date.now(), zone()).night;

/**
 * From now on entries are about this night, or about tonight; the server's list is of the night it was asked about.
 * @param {string|null} on
 * @param {boolean} served
 */
export function about(on, served) {
  night = on ?? tonight();
  if (!served) list.replaceChildren();
  for (const one of page.facts) held.set(one.id, { made: one, before: null });
  for (const one of holding(unseen(night, "intake"))) line(one);
}

/** @param {HTMLFormElement} form */
function made(form) {
  const answers = answersOf(form);
  const isNow = answers.taken === "now";
  const { payload } = intake({ ...answers, taken: isNow ? "" : answers.taken }, night, zone(), page.most);
  // Of a night that is over nobody knows the hour.
  const taken = isNow && night === tonight() ? { ...payload, taken_at: iso(Date.now()) } : payload;
  return fact("intake", taken, { night });
}

/**
 * A second tap on the same button within a second is a trembling finger, not a second cup.
 * @param {HTMLFormElement} form
 */
function isDouble(form) {
  const before = Number(form.dataset.tapped ?? 0);
  form.dataset.tapped = String(Date.now());
  return Date.now() - before < DOUBLE_MS;
}

/** @param {HTMLFormElement} form */
async function note(form) {
  if (isDouble(form)) return;
  at("taken-problem").textContent = "";
  const noted = made(form);
  line(noted);
  if (form.id) form.reset();
  await save([noted], say);
}

/** @param {import("../frame/fact.js").Fact} noted */
function line(noted) {
  const item = one(/** @type {DocumentFragment} */ (template.content.cloneNode(true)), "li");
  item.dataset.id = noted.id;
  one(item, ".entry").textContent = words(noted);
  held.set(noted.id, { made: noted, before: null });
  list.append(item);
  label(item, false);
}

/** @param {import("../frame/fact.js").Fact} noted */
function words({ payload, zone: told }) {
  const what = payload.name ?? one(at("substance"), `[value="${payload.substance}"]`).textContent;
  const unit = one(at("something"), `[name=unit] [value="${payload.unit}"]`).textContent;
  const when = payload.taken_at ? `, ${clockTime(Date.parse(payload.taken_at), told)}` : "";
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}, ${payload.amount} ${unit}${when}`;
}

/**
 * @param {HTMLElement} item
 * @param {boolean} isBack
 */
function label(item, isBack) {
  const button = one(item, "button");
  const { back = "", again = "" } = one(template.content, "button").dataset;
  item.classList.toggle("taken-back", isBack);
  button.textContent = isBack ? again : back;
  button.setAttribute("aria-label", `${button.textContent}: ${one(item, ".entry").textContent.trim()}`);
}

/**
 * A second tap takes the taking back back.
 * @param {HTMLElement} item
 * @param {import("./saving.js").Saved} saved
 */
async function takeBack(item, saved) {
  const [made] = takenBack([saved], fact);
  const isBack = made.kind === "withdrawal";
  held.set(item.dataset.id ?? "", { made, before: isBack ? saved.made : null });
  label(item, isBack);
  await save([made], say, () => (isBack ? `${page.words.back} ` : ""));
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const item = form.closest("li");
  const saved = form.classList.contains("take-back") && held.get(item?.dataset.id ?? "");
  if (item && saved) {
    event.preventDefault();
    takeBack(item, saved);
  } else if (form.classList.contains("taken")) {
    event.preventDefault();
    note(form).catch((problem) => {
      if (!(problem instanceof Problem)) throw problem;
      at("taken-problem").textContent = complaint(problem, /** @type {HTMLFormElement} */ (at("something")));
    });
  }
});
