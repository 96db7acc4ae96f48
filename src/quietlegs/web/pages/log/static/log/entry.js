// A night as it was answered, turned into what the diary keeps of it; only what was answered becomes a fact. The twin
// of quietlegs.web.pages.log.entry, where the rules stand. Pure.

import { instantIn } from "../frame/wall.js";

const DAY_MS = 86_400_000;
const SLEEP_TIMES = ["lights_out", "asleep", "up"];
const MOST_AWAKENINGS = 100;

/**
 * @typedef {Record<string, string>} Answers what stands in each field, empty where nothing was answered
 * @typedef {(kind: string) => string} ZoneOf the zone on whose clock a kind is told
 * @typedef {{kind: string, payload: Record<string, unknown>}} Entry
 */

/** @typedef {{low?: number, high?: number, unit?: string, after?: string}} Allowed */

/** What cannot be written down: which field, what stands there, and what is allowed. */
export class Problem extends Error {
  /**
   * @param {string} place
   * @param {string} value
   * @param {Allowed} allowed empty where it is a name that is asked for
   */
  constructor(place, value, allowed) {
    super(`${place} is ${value}`);
    this.place = place;
    this.value = value;
    this.allowed = allowed;
  }
}

/**
 * The rating, the sleep and the state that were answered.
 * @param {Answers} answers
 * @param {string[]} where
 * @param {string} night
 * @param {ZoneOf} zoneOf
 * @returns {Entry[]}
 */
export function entries(answers, where, night, zoneOf) {
  const found = [rating(answers, where, night, zoneOf("night_rating")), sleep(answers, night, zoneOf("sleep"))];
  if (answers.state) found.push({ kind: "night_state", payload: { state: answers.state } });
  return found.filter((one) => one !== null);
}

/**
 * @param {Answers} answers
 * @param {string[]} where
 * @param {string} night
 * @param {string} zone
 * @returns {Entry|null}
 */
function rating(answers, where, night, zone) {
  const severity = whole(answers, "severity", 10);
  const began_at = instant(answers.began, night, zone);
  if (severity === null && began_at === null && !where.length) return null;
  return { kind: "night_rating", payload: severity === 0 ? { severity, where: [] } : told({ severity, began_at, where }) };
}

/**
 * @param {Answers} answers
 * @param {string} night
 * @param {string} zone
 * @returns {Entry|null}
 */
function sleep(answers, night, zone) {
  const [lights_out_at, asleep_at, up_at] = SLEEP_TIMES.map((name) => instant(answers[name], night, zone));
  ordered(answers, [lights_out_at, asleep_at, up_at]);
  const awakenings = whole(answers, "awakenings", MOST_AWAKENINGS);
  const payload = told({ lights_out_at, asleep_at, up_at, awakenings, quality: whole(answers, "quality", 10) });
  return Object.keys(payload).length ? { kind: "sleep", payload } : null;
}

/**
 * @param {Answers} answers
 * @param {(string|null)[]} instants
 */
function ordered(answers, instants) {
  /** @type {{at: string, name: string}|null} */
  let before = null;
  for (const [place, at] of instants.entries()) {
    if (at === null) continue;
    const name = SLEEP_TIMES[place];
    const apart = before ? Date.parse(at) - Date.parse(before.at) : 0;
    if (before && (apart < 0 || apart > DAY_MS)) throw new Problem(name, answers[name], { after: before.name });
    before = { at, name };
  }
}

/** @param {Record<string, unknown>} payload */
const told = (payload) => Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null));

/**
 * @param {Answers} answers
 * @param {string} name
 * @param {number} high
 */
function whole(answers, name, high) {
  const text = (answers[name] ?? "").trim();
  if (!text) return null;
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text) || value < 0 || value > high) throw new Problem(name, text, { low: 0, high });
  return value;
}

/**
 * @param {string} text
 * @param {string} night
 * @param {string} zone
 */
function instant(text, night, zone) {
  return text ? iso(instantIn(night, text, zone)) : null;
}

/** @param {number} at milliseconds since 1970 */
export const iso = (at) => new Date(at).toISOString().replace(".000Z", "Z");

/**
 * Something that was drunk, smoked or taken.
 * @param {Answers} answers
 * @param {string} night
 * @param {string} zone
 * @param {Record<string, Record<string, number>>} most what is plausible of each substance, by unit
 * @returns {Entry}
 */
export function intake({ substance, amount, unit, name, taken }, night, zone, most) {
  const value = Number(amount.trim().replace(",", ".") || NaN);
  const high = most[substance][unit];
  if (high === undefined) throw new Problem("unit", unit, { unit: Object.keys(most[substance]).join(", ") });
  if (!(value >= 0 && value <= high)) throw new Problem("amount", amount, { low: 0, high, unit });
  const isMedicine = substance === "medicine";
  const called = name.trim();
  if (isMedicine !== Boolean(called) || called.length > 120) throw new Problem("name", called, {});
  const taken_at = instant(taken, night, zone);
  return { kind: "intake", payload: told({ substance, amount: value, unit, taken_at, name: called || null }) };
}
