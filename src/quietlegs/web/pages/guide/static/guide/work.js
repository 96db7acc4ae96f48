// What was really done: the exact twin of quietlegs.cues.work, from the stretches that were played.

import { cueAt, endMs, spanEndMs, spanStartMs, startMs } from "./player.js";

/**
 * @typedef {import("./player.js").Cue} Cue
 * @typedef {import("./player.js").Player} Player
 * @typedef {{left_s: number, right_s: number, both_s: number, repetitions: number}} Work
 * @typedef {{exercise: string, level: number, planned: Work, done: Work, stopped?: string, pain?: number,
 *   routine?: string}} Practice
 */

// What a diary can hold; only somebody who goes back again and again comes near.
const MOST_MS = 7_200_000;
const MOST_REPETITIONS = 1000;

/**
 * What to note of a played timeline: each movement that was begun, or stopped in, with its place in the routine.
 * @param {Cue[]} cues
 * @param {Player} player
 * @param {{routine?: string|null, pain?: number|null}} more pain goes to the movement it was stopped in
 * @returns {{slot: number, practice: Practice}[]}
 */
export function practices(cues, player, { routine = null, pain = null } = {}) {
  const found = [];
  for (const [slot, own] of bySlot(cues)) {
    const done = work(own, player.played);
    const stopped = player.phase === "stopped" && cueAt(cues, player.position_ms).slot === slot ? player.reason : null;
    if (stopped === null && seconds(done) === 0) continue;
    /** @type {Practice} */
    const practice = { exercise: own[0].exercise, level: own[0].level, planned: planned(own), done };
    if (stopped !== null) practice.stopped = stopped;
    if (stopped !== null && pain !== null) practice.pain = pain;
    if (routine !== null) practice.routine = routine;
    found.push({ slot, practice });
  }
  return found;
}

/** @param {Work} work seconds of all sides */
export const seconds = (work) => work.left_s + work.right_s + work.both_s;

/**
 * @param {Cue[]} cues
 * @returns {Map<number, Cue[]>}
 */
function bySlot(cues) {
  /** @type {Map<number, Cue[]>} */
  const found = new Map();
  for (const cue of cues) {
    if (cue.kind === "done") continue;
    found.set(cue.slot, [...(found.get(cue.slot) ?? []), cue]);
  }
  return found;
}

/** @param {Cue[]} cues */
const planned = (cues) => work(cues, [[startMs(cues[0]), endMs(cues[cues.length - 1])]]);

/**
 * @param {Cue[]} cues
 * @param {[number, number][]} played
 * @returns {Work}
 */
function work(cues, played) {
  const ms = { left: 0, right: 0, both: 0 };
  let repetitions = 0;
  let counted = -1;
  for (const cue of cues) {
    const start = spanStartMs(cue);
    if (!cue.works || start === counted) continue;
    counted = start;
    const end = spanEndMs(cue);
    const done = overlap(start, end, played);
    ms[cue.side] += done;
    repetitions += Math.floor((cue.repetitions * done) / (end - start));
  }
  const side = (/** @type {keyof typeof ms} */ name) => Math.min(ms[name], MOST_MS) / 1000;
  return {
    left_s: side("left"), right_s: side("right"), both_s: side("both"),
    repetitions: Math.min(repetitions, MOST_REPETITIONS),
  };
}

/**
 * @param {number} start
 * @param {number} end
 * @param {[number, number][]} played
 */
function overlap(start, end, played) {
  return played.reduce((sum, [early, late]) => sum + Math.max(0, Math.min(end, late) - Math.max(start, early)), 0);
}
