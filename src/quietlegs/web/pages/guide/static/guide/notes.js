// Facts made at the tap, in the diary's wire form. A fact once handed on never changes: what is learned later
// goes into a new fact that replaces it.

import { moment, uuid7 } from "../frame/noting.js";
import { practices, seconds } from "./work.js";

/**
 * @typedef {{id: string, kind: string, at: string, zone: string, offset_s: number, wall: string, night: string,
 *   supersedes: string|null, payload: object}} Fact
 */

/** @returns {Fact} */
function fact(kind, payload, replaced) {
  const at = Date.now();
  const made = { id: uuid7(at), kind, ...moment(at), supersedes: replaced?.id ?? null, payload };
  return replaced ? { ...made, night: replaced.night } : made;
}

/**
 * The ratings around one movement; where something was noted of it already, as on a page before, that is replaced.
 * @param {{movement: string, because: string, probability: number, trial?: string, chances?: object[]}} offer
 * @param {Fact} [noted]
 * @returns {(ratings: {before?: number, after?: number, after_10_min?: number}) => Fact}
 */
export function reliefNotes(offer, noted) {
  let held = noted;
  return (ratings) => {
    held = fact("relief", { ...offer, ...held?.payload, ...ratings }, held);
    return held;
  };
}

/**
 * What was practised; a movement is noted again only when something about it has changed.
 * @param {import("./player.js").Cue[]} cues
 * @param {string|null} routine
 */
export function practiceNotes(cues, routine) {
  /** @type {Map<number, Fact>} */
  const handed = new Map();

  /** Facts for what is new in this state, not yet handed on; nothing worked and nobody stopped it: nothing to note. */
  function draft(player, pain = null) {
    const found = [];
    for (const { slot, practice } of practices(cues, player, { routine, pain })) {
      const before = handed.get(slot);
      const same = before && JSON.stringify(before.payload) === JSON.stringify(practice);
      const empty = practice.stopped === "interrupted" && seconds(practice.done) === 0;
      if (!same && !empty) found.push({ slot, fact: fact("practice", practice, before) });
    }
    return found;
  }

  /** From now on these facts can only be replaced. */
  function hand(drafted) {
    for (const { slot, fact } of drafted) handed.set(slot, fact);
    return drafted.map(({ fact }) => fact);
  }

  return { draft, hand };
}

/**
 * Whether this fact is work that was really done, or that hurt.
 * @param {Fact} fact
 */
export const isWork = ({ payload }) => payload.stopped === "hurt" || seconds(payload.done) > 0;
