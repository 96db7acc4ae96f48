// The movement that was drawn: noted at once, and kept in this tab for a while, so that to come back is no new draw.

import { stage } from "./draw.js";
import { at } from "../frame/found.js";
import { drawn, uniform } from "./lot.js";

const KEPT = "quietlegs.guide.drawn";
const KEPT_MS = 600_000;

/**
 * @typedef {import("../frame/fact.js").Fact} Fact
 * @typedef {{cues: object[], movements: object}} Played
 * @typedef {{trial: string, chances: import("./lot.js").Chance[], movements: Record<string, Played>}} Lot
 */

/**
 * Draw one now; what is returned is what a moment of the experiment says of its movement.
 * @param {Lot} lot
 */
export function drawNow({ trial, chances }) {
  const { movement, probability } = drawn(chances, uniform(crypto.getRandomValues(new Uint32Array(2))));
  return { movement, because: "trial", probability, trial, chances };
}

/**
 * Show what was drawn, to be started by a tap.
 * @param {string} movement
 */
export function showDrawn(movement) {
  const words = /** @type {HTMLTemplateElement} */ (at(`drawn-${movement}`));
  at("drawn-words").replaceChildren(words.content.cloneNode(true));
  stage("drawn");
}

/** @param {Fact} fact */
export function keep(fact) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ at_ms: Date.now(), fact }));
  } catch {
    // Storage is forbidden; then the draw is shown as long as the page is.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // As above.
  }
}

/**
 * The draw of a few minutes ago that came to nothing yet, where this page still offers it.
 * @param {Lot} lot
 * @returns {Fact|null}
 */
export function kept({ trial, movements }) {
  try {
    const { at_ms, fact } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    const age_ms = Date.now() - at_ms;
    const good = fact?.payload.trial === trial && fact.payload.movement in movements;
    return good && age_ms >= 0 && age_ms < KEPT_MS ? fact : null;
  } catch {
    return null;
  }
}
