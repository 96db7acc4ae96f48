// What the screen shows at one place of the timeline. Pure.

import { cueAt, spanEndMs, spanStartMs, startMs, endMs } from "./player.js";

/**
 * @typedef {import("./player.js").Cue} Cue
 * @typedef {{name: string, steps: Record<string, string>, seated: {name: string, url: string}|null}} Movement
 *
 * @typedef {object} View
 * @property {Cue} cue
 * @property {string} count such as "1 of 2", empty where there is nothing to count
 * @property {string} counted what is counted, for a screen reader
 * @property {string} show the instruction
 * @property {string} breath words of the breath, or how the work goes; empty while nothing works
 * @property {number|null} widen how wide the breath is, 0 to 1; null where none is paced
 * @property {number} left_s whole seconds left in the stage
 * @property {number} gone part of the stage that is over, 0 to 1
 * @property {string} side the leg, empty where both work
 * @property {boolean} other whether this is the time to change legs
 * @property {string} picture id of the drawing, empty where there is none
 */

const LOOK_EVERY_MS = 200;

/**
 * @param {Cue[]} cues
 * @param {number} position_ms
 * @param {{movements: Record<string, Movement>, words: Record<string, string>}} told
 * @returns {View}
 */
export function view(cues, position_ms, { movements, words }) {
  const cue = cueAt(cues, position_ms);
  const span_ms = spanEndMs(cue) - spanStartMs(cue);
  const paced = words[cue.kind] ?? "";
  const other = cue.signal === "side";
  // The breath in before a hold already shows what it leads to: the words and the drawing of the hold.
  const pose = paced ? leadsTo(cues, cue).pose : cue.pose;
  return {
    cue,
    ...count(cues, cue, words),
    show: other ? words.other : cue.works || paced ? instruction(cues, cue, movements) : cue.show,
    breath: paced || (cue.works ? cue.show : ""),
    widen: paced ? wide(cue, position_ms) : null,
    left_s: Math.ceil((spanEndMs(cue) - position_ms) / 1000),
    gone: span_ms ? (position_ms - spanStartMs(cue)) / span_ms : 1,
    side: words[cue.side] ?? "",
    other,
    picture: pose ? `pose-${cue.exercise}-${pose}` : "",
  };
}

/** @param {number} seconds */
export function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * When to look again: as the seconds on the screen change, and often enough for the ring and the breath.
 * @param {Cue[]} cues
 * @param {number} position_ms
 */
export function lookAgainMs(cues, position_ms) {
  const left_ms = spanEndMs(cueAt(cues, position_ms)) - position_ms;
  return Math.min(LOOK_EVERY_MS, left_ms % 1000 || 1000);
}

/**
 * What to do now, or after the breath in that leads to it: a step of a hold, else the movement's name.
 * @param {Cue[]} cues
 * @param {Cue} cue
 * @param {Record<string, Movement>} movements
 */
function instruction(cues, cue, movements) {
  const { steps, name } = movements[cue.exercise];
  return steps[leadsTo(cues, cue).pose ?? ""] ?? name;
}

/**
 * The work that is going on or comes next in this movement.
 * @param {Cue[]} cues
 * @param {Cue} cue
 */
function leadsTo(cues, cue) {
  return cues.find((one) => one.works && one.slot === cue.slot && one.start_s >= cue.start_s) ?? cue;
}

/**
 * @param {Cue} cue
 * @param {number} position_ms
 */
function wide(cue, position_ms) {
  const part = Math.min(1, (position_ms - startMs(cue)) / (endMs(cue) - startMs(cue)));
  return cue.kind === "breathe_in" ? part : 1 - part;
}

/**
 * The movement in a routine of several; else the side, where there are two.
 * @param {Cue[]} cues
 * @param {Cue} cue
 * @param {Record<string, string>} words
 */
function count(cues, cue, words) {
  const told = (/** @type {number} */ n, /** @type {number} */ all) => words.count.replace("{count}", String(n)).replace("{all}", String(all));
  const slots = new Set(cues.map((one) => one.slot));
  if (slots.size > 1) return { count: told(cue.slot, slots.size), counted: words.movement };
  const sides = [...new Set(cues.filter((one) => one.works).map((one) => one.side))];
  const side = Math.max(sides.indexOf(cue.side), 0) + 1;
  return sides.length > 1 ? { count: told(side, sides.length), counted: words.leg } : { count: "", counted: "" };
}
