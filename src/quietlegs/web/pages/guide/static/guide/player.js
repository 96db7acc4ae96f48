// Where a person is in a timeline, after each thing that happened: the exact twin of quietlegs.cues.player,
// where the rules stand. Pure: the clock is an argument.

/**
 * @typedef {object} Cue one stretch of time, as quietlegs.cues.wire gives it; seconds are whole milliseconds / 1000
 * @property {number} start_s
 * @property {number} length_s
 * @property {"prepare"|"step"|"hold"|"switch_side"|"rest"|"breathe_in"|"breathe_out"|"done"} kind
 * @property {"left"|"right"|"both"} side
 * @property {string} show
 * @property {string} say
 * @property {string} exercise
 * @property {number} level
 * @property {string|null} pose
 * @property {boolean} works
 * @property {number} slot
 * @property {number} span_start_s
 * @property {number} span_length_s
 * @property {number} repetitions
 * @property {""|"next"|"begin"|"side"|"in"|"out"|"end"} signal what is heard and felt as it begins
 *
 * @typedef {"hurt"|"enough"|"interrupted"|"worse"} StopReason
 * @typedef {{event: "start"|"pause"|"resume"|"skip"|"back"} | {event: "tick", heard?: boolean}
 *   | {event: "stop", reason: StopReason}} PlayerEvent
 *
 * @typedef {object} Player
 * @property {"ready"|"playing"|"paused"|"waiting"|"stopped"|"done"} phase
 * @property {number} position_ms place in the timeline
 * @property {number} at_ms latest reading of the clock
 * @property {[number, number][]} played stretches really played, in order of playing
 * @property {StopReason|null} reason null unless stopped
 */

const BACK_WITHIN_MS = 2000;
const LOOKS_APART_MS = 10_000;
const LOST_MS = 1_800_000;

/** @param {number} seconds */
const toMs = (seconds) => Math.round(seconds * 1000);

/** @param {Cue} cue */
export const startMs = (cue) => toMs(cue.start_s);
/** @param {Cue} cue */
export const endMs = (cue) => toMs(cue.start_s) + toMs(cue.length_s);
/** @param {Cue} cue */
export const spanStartMs = (cue) => toMs(cue.span_start_s);
/** @param {Cue} cue */
export const spanEndMs = (cue) => toMs(cue.span_start_s) + toMs(cue.span_length_s);

/** @returns {Player} a player that waits for the person */
export function ready() {
  return { phase: "ready", position_ms: 0, at_ms: 0, played: [], reason: null };
}

/** @param {Player} player */
export const ended = (player) => player.phase === "stopped" || player.phase === "done";

/** Whether the timer stands until somebody goes on: paused, or waiting by itself. @param {Player} player */
export const stands = (player) => player.phase === "paused" || player.phase === "waiting";

/** @param {Player} player */
export const underWay = (player) => player.phase === "playing" || stands(player);

/**
 * The cue at this place; at the end the last one.
 * @param {Cue[]} cues
 * @param {number} position_ms
 * @returns {Cue}
 */
export function cueAt(cues, position_ms) {
  return cues.find((cue) => position_ms < endMs(cue)) ?? cues[cues.length - 1];
}

/**
 * The player after an event.
 * @param {Cue[]} cues
 * @param {Player} player
 * @param {PlayerEvent} event
 * @param {number} at_ms whole milliseconds since 1970
 * @returns {Player}
 */
export function step(cues, player, event, at_ms) {
  if (ended(player)) return player;
  const now = moved(cues, player, at_ms, event.event === "tick" && Boolean(event.heard));
  switch (event.event) {
    case "start":
      return now.phase === "ready" ? { ...now, phase: "playing", at_ms } : now;
    case "stop":
      return { ...now, phase: "stopped", reason: event.reason };
    case "pause":
      return now.phase === "playing" ? { ...now, phase: "paused" } : now;
    case "resume":
      return stands(now) ? { ...now, phase: "playing", at_ms } : now;
    case "skip":
      return underWay(now) ? placed(cues, now, after(cues, now)) : now;
    case "back":
      return underWay(now) ? placed(cues, now, before(cues, now)) : now;
    default:
      return now;
  }
}

/**
 * @param {Cue[]} cues
 * @param {Player} player
 * @param {number} at_ms
 * @param {boolean} heard
 * @returns {Player}
 */
function moved(cues, player, at_ms, heard) {
  if (player.phase !== "playing") return player;
  const start = player.position_ms;
  const gone = Math.max(0, at_ms - player.at_ms);
  const bound = heard || gone <= LOOKS_APART_MS ? length(cues) : knownUntil(cues, player, gone);
  const end = Math.min(bound, start + gone);
  const phase = end < start + gone ? "waiting" : "playing";
  const played = joined(player.played, start, end);
  return placed(cues, { ...player, at_ms: Math.max(player.at_ms, at_ms), played, phase }, end);
}

/**
 * How far a person who neither saw nor heard anything can have gone on alone.
 * @param {Cue[]} cues
 * @param {Player} player
 * @param {number} gone_ms
 */
function knownUntil(cues, player, gone_ms) {
  if (gone_ms > LOST_MS) return player.position_ms;
  let here = cueAt(cues, player.position_ms);
  for (const cue of cues) {
    if (spanStartMs(cue) === spanEndMs(here) && goesOn(here, cue)) here = cue;
  }
  return spanEndMs(here);
}

/**
 * Whether two stages are parts of one long piece of work, which ends with its one repetition.
 * @param {Cue} one
 * @param {Cue} other
 */
function goesOn(one, other) {
  const same = one.works === other.works && one.side === other.side && one.slot === other.slot;
  return same && one.works && one.repetitions === 0;
}

/**
 * @param {Cue[]} cues
 * @param {Player} player
 * @param {number} position_ms
 * @returns {Player}
 */
function placed(cues, player, position_ms) {
  const phase = position_ms >= length(cues) ? "done" : player.phase;
  return { ...player, position_ms, phase };
}

/**
 * Add a stretch, joined to the last one where that ended here.
 * @param {[number, number][]} played
 * @param {number} start
 * @param {number} end
 * @returns {[number, number][]}
 */
function joined(played, start, end) {
  if (end === start) return played;
  const last = played[played.length - 1];
  if (last && last[1] === start) return [...played.slice(0, -1), [last[0], end]];
  return [...played, [start, end]];
}

/** @param {Cue[]} cues */
const length = (cues) => endMs(cues[cues.length - 1]);

/**
 * Where stages start, each once, in order.
 * @param {Cue[]} cues
 */
const starts = (cues) => [...new Set(cues.map(spanStartMs))].sort((a, b) => a - b);

/**
 * Where skip leads: the start of the next stage, or the end.
 * @param {Cue[]} cues
 * @param {Player} player
 */
function after(cues, player) {
  return Math.min(...[...starts(cues), length(cues)].filter((start) => start > player.position_ms));
}

/**
 * Where back leads: the start of the stage, or of the one before when this one has hardly begun.
 * @param {Cue[]} cues
 * @param {Player} player
 */
function before(cues, player) {
  const passed = starts(cues).filter((start) => start <= player.position_ms);
  const near = player.position_ms - passed[passed.length - 1] < BACK_WITHIN_MS;
  return near && passed.length > 1 ? passed[passed.length - 2] : passed[passed.length - 1];
}
