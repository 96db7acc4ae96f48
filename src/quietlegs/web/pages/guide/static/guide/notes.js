// What the guide notes: facts made at the tap; what is learned later goes into a new fact that replaces the earlier one.

import { fact } from "../frame/fact.js";
import { practices, seconds } from "./work.js";

/** @typedef {import("../frame/fact.js").Fact} Fact */

/**
 * The ratings around one movement; where something was noted of it already, as on a page before, that is replaced.
 * @param {{movement: string, because: string, probability: number, trial?: string, chances?: object[]}} offer
 * @param {Fact} [noted]
 * @returns {(ratings: {before?: number, after?: number, after_10_min?: number}) => Fact}
 */
export function reliefNotes(offer, noted) {
  let held = noted;
  return (ratings) => {
    held = fact("relief", { ...offer, ...held?.payload, ...ratings }, { replaced: held ?? null });
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

  /**
   * Facts for what is new in this state, not yet handed on; nothing worked and nobody stopped it: nothing to note.
   * @param {import("./player.js").Player} player
   * @param {number|null} [pain]
   */
  function draft(player, pain = null) {
    const found = [];
    for (const { slot, practice } of practices(cues, player, { routine, pain })) {
      const before = handed.get(slot);
      const same = before && JSON.stringify(before.payload) === JSON.stringify(practice);
      const empty = practice.stopped === "interrupted" && seconds(practice.done) === 0;
      if (!same && !empty) found.push({ slot, fact: fact("practice", practice, { replaced: before ?? null }) });
    }
    return found;
  }

  /**
   * From now on these facts can only be replaced.
   * @param {{slot: number, fact: Fact}[]} drafted
   */
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
