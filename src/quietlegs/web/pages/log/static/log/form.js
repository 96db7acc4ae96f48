// The night's form: filled with what holds, the strip of half hours brought to where it matters.

import { clockTime } from "../frame/wall.js";
import { all, at, fields, one } from "../frame/found.js";
import { asksAbout, nightWords, shown } from "./noted.js";

const DAY_MS = 86_400_000;
const SLEEP_TIMES = ["lights_out", "asleep", "up"];

/**
 * Show what is known of a night in place of what the page came with.
 * @param {HTMLFormElement} form
 * @param {string} night
 */
export function fill(form, night) {
  form.dataset.night = night;
  fields(form, "night")[0].value = night;
  name(night);
  const [rating, sleep, state] = ["night_rating", "sleep", "night_state"].map((kind) => shown(night, kind));
  const began = clock(rating, "began_at");
  if (began) offer(form, began);
  choose(form, "severity", rating?.payload.severity);
  choose(form, "began", began);
  choose(form, "quality", sleep?.payload.quality);
  choose(form, "state", state?.payload.state ?? "");
  for (const box of fields(form, "where")) box.checked = (rating?.payload.where ?? []).includes(box.value);
  for (const time of SLEEP_TIMES) fields(form, time)[0].value = clock(sleep, `${time}_at`);
  fields(form, "awakenings")[0].value = sleep?.payload.awakenings ?? "";
  near(form);
}

/** @param {string} night */
function name(night) {
  const asked = asksAbout();
  const ahead = Math.round((Date.parse(night) - Date.parse(asked.night)) / DAY_MS);
  const isTonight = ahead === (asked.going_on ? 0 : 1);
  const isLast = ahead === (asked.going_on ? -1 : 0);
  const which = at("which");
  which.textContent = (isTonight ? which.dataset.tonight : isLast ? which.dataset.last : "") ?? "";
  at("when").textContent = nightWords(night, "long");
}

/**
 * @param {import("../frame/fact.js").Fact|null} fact
 * @param {string} field
 */
const clock = (fact, field) => (fact?.payload[field] ? clockTime(Date.parse(fact.payload[field]), fact.zone) : "");

/**
 * @param {HTMLFormElement} form
 * @param {string} field
 * @param {unknown} value
 */
function choose(form, field, value) {
  for (const radio of fields(form, field)) radio.checked = radio.value === String(value ?? "");
}

/**
 * A time that is not on the half hour gets a place of its own in the strip.
 * @param {HTMLFormElement} form
 * @param {string} time
 */
function offer(form, time) {
  const times = fields(form, "began");
  if (times.some((radio) => radio.value === time)) return;
  const label = /** @type {HTMLElement} */ (times[1].parentElement?.cloneNode(true));
  label.classList.remove("usual");
  fields(label, "began")[0].value = time;
  one(label, "span").textContent = time;
  const fromNoon = (/** @type {string} */ value) => (value < "12:00" ? "1" : "0") + value;
  const later = times.slice(1).find((radio) => fromNoon(radio.value) > fromNoon(time));
  one(form, ".strip").insertBefore(label, later?.parentElement ?? null);
}

/**
 * Bring the chosen hour, or the usual one, into sight; a night without symptoms has no hour.
 * @param {HTMLFormElement} form
 */
export function near(form) {
  const strip = one(form, ".strip");
  const onset = /** @type {HTMLFieldSetElement} */ (at("onset"));
  onset.disabled = fields(form, "severity").some((radio) => radio.checked && radio.value === "0");
  const chosen = fields(form, "began").find((radio) => radio.checked && radio.value);
  const place = chosen?.parentElement ?? one(form, ".usual");
  if (strip.dataset.near === place.textContent.trim()) return;
  strip.dataset.near = place.textContent.trim();
  // Two earlier hours stand between it and the answer that stays at the left.
  const [unsure, noon, next] = all(strip, "label");
  const first = /** @type {HTMLElement} */ (place.previousElementSibling?.previousElementSibling ?? place);
  strip.scrollLeft = first.offsetLeft - unsure.offsetWidth - (next.offsetLeft - noon.offsetLeft - noon.offsetWidth);
}
