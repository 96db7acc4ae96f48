// One night, written down in three taps: the facts are made on this device, and the device's clock says which night.

import { fact } from "../frame/fact.js";
import { fetched } from "../frame/fetched.js";
import { zone } from "../frame/noting.js";
import { momentIn } from "../frame/wall.js";
import { entries, Problem } from "./entry.js";
import "./folds.js";
import { fill, near } from "./form.js";
import { answersOf, at } from "../frame/found.js";
import { same, takenBack } from "./held.js";
import { asksAbout, isBehind, page, shown } from "./noted.js";
import { complaint } from "./problem.js";
import { save } from "./saving.js";
import { about as takenAbout } from "./taken.js";

const KINDS = ["night_rating", "sleep", "night_state"];
const form = /** @type {HTMLFormElement} */ (at("night"));
const undoButton = /** @type {HTMLButtonElement} */ (at("undo"));
const say = (/** @type {string} */ words) => { at("said").textContent = words; };

form.dataset.served = form.dataset.night;
let night = wanted() ?? asksAbout().night;
/** @type {import("./saving.js").Saved[]} */
let saved = [];

/** The night that the address names, where it is one that has come. */
function wanted() {
  const named = new URLSearchParams(location.search).get("night");
  if (!named || !/^\d{4}-\d\d-\d\d$/.test(named) || Number.isNaN(Date.parse(named))) return null;
  return named <= momentIn(Date.now(), zone()).night && named >= "1970-01-01" ? named : null;
}

function answered() {
  const data = new FormData(form);
  return entries(answersOf(form), data.getAll("where").map(String), night, (kind) => shown(night, kind)?.zone ?? zone());
}

/**
 * What says something else than before, and what was emptied; an Undo must not take back what was not touched.
 * @param {import("./entry.js").Entry[]} found
 * @returns {import("./saving.js").Saved[]}
 */
function changed(found) {
  const told = found.map((one) => ({ ...one, before: shown(night, one.kind) }))
    .filter(({ payload, before }) => !before || !same(before.payload, payload))
    .map(({ kind, payload, before }) => ({ made: fact(kind, payload, { replaced: before, night }), before }));
  const emptied = KINDS.filter((kind) => !found.some((one) => one.kind === kind)).map((kind) => shown(night, kind))
    .filter((before) => before !== null)
    .map((before) => ({ made: fact("withdrawal", {}, { replaced: before }), before }));
  return [...told, ...emptied];
}

async function keep() {
  at("problem").textContent = "";
  const found = answered();
  const making = changed(found);
  if (!making.length) return say(found.length ? page.words.same : page.words.nothing);
  saved = making;
  await save(making.map(({ made }) => made), say);
  undoButton.hidden = false;
}

async function undo() {
  const facts = takenBack(saved, fact);
  saved = [];
  undoButton.hidden = true;
  await save(facts, say, () => `${page.words.back} `);
  fill(form, night);
  at("save").focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep().catch((problem) => {
    if (!(problem instanceof Problem)) throw problem;
    at("problem").textContent = complaint(problem, form);
  });
});

undoButton.addEventListener("click", (event) => {
  if (!saved.length) return;
  event.preventDefault();
  undo();
});

form.addEventListener("change", () => {
  say("");
  at("problem").textContent = "";
  near(form);
});

/** The page is about the night that this device's clock asks about, unless its address names one. */
function look() {
  const now = wanted() ?? asksAbout().night;
  if (now === night && form.dataset.night === night) return;
  night = now;
  saved = [];
  undoButton.hidden = true;
  fill(form, night);
  takenAbout(wanted(), false);
}

takenAbout(wanted(), form.dataset.night === night);
if (form.dataset.night !== night || isBehind(night)) fill(form, night);
const missing = document.getElementById("missing");
// A page from the cache asks about a night that was noted meanwhile, or that is no longer the last one.
if (missing) missing.hidden = form.dataset.served !== night || shown(missing.dataset.night ?? "", "night_rating") !== null;
near(form);
form.noValidate = true;
document.addEventListener("visibilitychange", () => document.hidden || look());

/** The calendar below is drawn anew by the server, once it has what was written down here. */
document.addEventListener("written", async () => {
  const drawn = (await fetched(location.href))?.getElementById("calendar");
  // Without a connection the calendar stays as it was.
  if (drawn) at("calendar").replaceWith(document.adoptNode(drawn));
});
