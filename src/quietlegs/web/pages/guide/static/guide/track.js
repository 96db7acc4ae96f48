// One continuous sound for a whole timeline, made here: quiet notes where a cue gives a sign and next to nothing in
// between, so that a phone plays on where its screen is locked, and an ear alone can follow.

import { startMs } from "./player.js";

/**
 * @typedef {import("./player.js").Cue} Cue
 * @typedef {[from: number, to: number, length_s: number, loud: number]} Note pitches in Hz
 */

const RATE = 8000;
const BYTES = 2;
const LOUD = 0.25;
const SOFT = 0.14;

/**
 * Each sign as notes one after the other: from which pitch to which (Hz), how long (s), how loud; 0 Hz is a gap.
 * @type {Record<string, Note[]>}
 */
const NOTES = {
  next: [[330, 330, 0.35, SOFT]],
  begin: [[523, 523, 0.5, LOUD]],
  side: [[523, 523, 0.28, LOUD], [0, 0, 0.14, 0], [523, 523, 0.28, LOUD]],
  in: [[330, 494, 0.9, SOFT]],
  out: [[494, 330, 0.9, SOFT]],
  end: [[523, 523, 0.4, LOUD], [440, 440, 0.4, LOUD], [349, 349, 0.8, LOUD]],
};
const END_MS = 2000;

/**
 * The sound of a timeline as a WAV file, exactly as long as its cues and the notes of its end.
 * @param {Cue[]} cues
 * @returns {Blob}
 */
export function soundOf(cues) {
  const whole = samples(startMs(cues[cues.length - 1]) + END_MS);
  /** @type {Int16Array<ArrayBuffer>[]} */
  const parts = [];
  let at = 0;
  for (const cue of cues) {
    const sign = notes(cue.signal);
    const start = Math.max(at, samples(startMs(cue)));
    parts.push(...still(start - at), sign);
    at = start + sign.length;
  }
  parts.push(...still(whole - at));
  return new Blob([header(whole), ...parts], { type: "audio/wav" });
}

/** @param {number} ms */
const samples = (ms) => Math.round((ms * RATE) / 1000);

/** @type {Map<string, Int16Array<ArrayBuffer>>} */
const made = new Map();

/** @param {Cue["signal"]} signal */
function notes(signal) {
  const sign = made.get(signal) ?? Int16Array.from((NOTES[signal] ?? []).flatMap(note));
  made.set(signal, sign);
  return sign;
}

/**
 * One note that swells and fades, so that nothing clicks.
 * @param {Note} one
 */
function note([from, to, length_s, loud]) {
  const count = samples(1000 * length_s);
  let turn = 0;
  return Array.from({ length: count }, (_, n) => {
    turn += (2 * Math.PI * (from + ((to - from) * n) / count)) / RATE;
    return Math.round(32_767 * loud * Math.sin((Math.PI * n) / count) * Math.sin(turn));
  });
}

/** The least a speaker can be given: a sound of nothing at all may be taken for no sound, and stopped. */
const HUSH = Int16Array.from({ length: RATE }, (_, n) => n % 2);

/** @param {number} count */
function still(count) {
  const seconds = Array.from({ length: Math.floor(count / RATE) }, () => HUSH);
  return [...seconds, HUSH.subarray(0, count % RATE)];
}

/**
 * The head of a WAV file: one channel, 16 bits.
 * @param {number} count
 */
function header(count) {
  const head = new DataView(new ArrayBuffer(44));
  const words = (/** @type {number} */ at, /** @type {string} */ text) => [...text].forEach((letter, n) => head.setUint8(at + n, letter.charCodeAt(0)));
  words(0, "RIFF");
  head.setUint32(4, 36 + BYTES * count, true);
  words(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE, true);
  head.setUint32(28, BYTES * RATE, true);
  head.setUint16(32, BYTES, true);
  head.setUint16(34, 8 * BYTES, true);
  words(36, "data");
  head.setUint32(40, BYTES * count, true);
  return head;
}
