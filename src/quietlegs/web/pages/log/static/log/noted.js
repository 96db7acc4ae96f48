// What this device noted and the page does not know of yet, because it was made before or came from the cache.

import { zone } from "../frame/noting.js";
import { nightToRate } from "../frame/wall.js";
import { at } from "../frame/found.js";
import { newest } from "./held.js";

/** @typedef {import("../frame/fact.js").Fact} Fact */

// Several people may sign in on this device.
const { account = "" } = document.documentElement.dataset;
const NOTED = `quietlegs.log.noted${account}`;
const KEPT_MS = 14 * 86_400_000;
const MOST = 200;

/**
 * What the server told when it made this page.
 * @type {{facts_url: string, asked: string|null, facts: Fact[], known: string[], most: Record<string, Record<string,
 *   number>>, usual: string, words: Record<string, string>}}
 */
export const page = JSON.parse(at("log-data").textContent);

// Storage may be forbidden; then a fact is remembered as long as the page.
let memory = read();

/** @returns {Fact[]} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(NOTED) ?? "[]");
  } catch {
    return [];
  }
}

/**
 * Only this page's clock and what it knows decide what is forgotten: what the server knows, and what is long over.
 * @param {Fact[]} facts
 */
function keep(facts) {
  const known = new Set(page.known);
  memory = facts.filter((fact) => !known.has(fact.id) && Date.now() - Date.parse(fact.at) < KEPT_MS).slice(-MOST);
  try {
    localStorage.setItem(NOTED, JSON.stringify(memory));
  } catch {
    // As above.
  }
}

keep(memory);

/**
 * Whether this page was made before something that this device noted of a night.
 * @param {string} night
 */
export const isBehind = (night) => memory.some((fact) => fact.night === night);

/** @param {Fact[]} facts */
export const remember = (facts) => keep([...memory, ...facts]);

/**
 * What is shown of a night and kind, by all that is known here.
 * @param {string} night
 * @param {string} kind
 */
export const shown = (night, kind) => newest([...page.facts, ...memory], night, kind);

/**
 * What this device noted of one kind and night, and the page does not know of.
 * @param {string} night
 * @param {string} kind
 */
export const unseen = (night, kind) => memory.filter((fact) => fact.night === night && fact.kind === kind);

/** The night that this device's clock asks about now. */
export const asksAbout = () => nightToRate(Date.now(), zone());

/**
 * A night's date in words.
 * @param {string} night
 * @param {"long"|"short"} length
 */
export function nightWords(night, length) {
  // Without a country the browser would write English dates as in America, and the server does not.
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  /** @type {Intl.DateTimeFormatOptions} */
  const how = { weekday: length, day: "numeric", month: length, timeZone: "UTC" };
  return new Date(`${night}T00:00:00Z`).toLocaleDateString(language, how).replace(",", "");
}
