// A fact, made at the tap, in the diary's wire form. Once handed on it never changes: what is learned later goes into
// a new fact that replaces it.

import { uuid7, zone } from "./noting.js";
import { momentIn } from "./wall.js";

/**
 * @typedef {{id: string, kind: string, at: string, zone: string, offset_s: number, wall: string, night: string,
 *   supersedes: string|null, payload: Record<string, any>}} Fact
 */

/**
 * A fact of this moment. One that replaces another is about the same night, unless told otherwise, and is told on the
 * clock of the place where that night was lived.
 * @param {string} kind
 * @param {object} payload
 * @param {{replaced?: {id: string, night?: string, zone?: string}|null, night?: string|null}} [about]
 * @returns {Fact}
 */
export function fact(kind, payload, { replaced = null, night = null } = {}) {
  const at = Date.now();
  const made = { id: uuid7(at), kind, ...momentIn(at, replaced?.zone ?? zone()), supersedes: replaced?.id ?? null, payload };
  return { ...made, night: night ?? replaced?.night ?? made.night };
}
