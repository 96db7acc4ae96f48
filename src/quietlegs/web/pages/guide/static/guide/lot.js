// The draw by lot: the exact twin of the one in quietlegs.trials.relief_offer. Pure.

/** @typedef {{movement: string, probability: number}} Chance */

/**
 * A number from 0 up to, but never, 1, out of 53 random bits.
 * @param {Uint32Array|number[]} words two whole numbers below 2 ** 32
 */
export function uniform([high, low]) {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/**
 * The movement whose share of the line from 0 to 1 holds this number.
 * @param {Chance[]} chances together 1, in the order served
 * @param {number} number
 * @returns {Chance}
 */
export function drawn(chances, number) {
  let sum = 0;
  return chances.find(({ probability }) => (sum += probability) > number) ?? chances[chances.length - 1];
}
