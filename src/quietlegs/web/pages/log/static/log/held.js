// Which facts hold: the twin of quietlegs.records.fact.current, over what the page came with and what this device noted.

/** @typedef {import("../frame/fact.js").Fact} Fact */

/**
 * The facts that were neither replaced nor withdrawn, in order of night, then of noting: the newest comes last.
 * @param {Fact[]} facts
 * @returns {Fact[]}
 */
export function holding(facts) {
  const once = [...new Map(facts.map((fact) => [fact.id, fact])).values()];
  const replaced = new Set(once.map((fact) => fact.supersedes));
  return once.filter((fact) => !replaced.has(fact.id) && fact.kind !== "withdrawal").sort(inOrder);
}

/**
 * @param {Fact} one
 * @param {Fact} other
 */
function inOrder(one, other) {
  return compared(one.night, other.night) || Date.parse(one.at) - Date.parse(other.at) || compared(one.id, other.id);
}

/**
 * @param {string} one
 * @param {string} other
 */
const compared = (one, other) => (one < other ? -1 : Number(one > other));

/**
 * What is shown of one night and kind: the newest fact that holds.
 * @param {Fact[]} facts
 * @param {string} night
 * @param {string} kind
 * @returns {Fact|null}
 */
export function newest(facts, night, kind) {
  return holding(facts).filter((fact) => fact.night === night && fact.kind === kind).pop() ?? null;
}

/**
 * Whether two payloads say the same, however they are written down.
 * @param {object|undefined} one
 * @param {object|undefined} other
 */
export const same = (one, other) => canonical(one) === canonical(other);

/** @param {object|undefined} payload */
function canonical(payload) {
  const told = Object.entries(payload ?? {}).filter(([, value]) => value !== null && String(value) !== "");
  return JSON.stringify(told.sort(([one], [other]) => compared(one, other)));
}

/**
 * What takes facts back again: what held before each of them, else a withdrawal.
 * @param {{made: Fact, before: Fact|null}[]} saved
 * @param {typeof import("../frame/fact.js").fact} fact
 * @returns {Fact[]}
 */
export function takenBack(saved, fact) {
  return saved.map(({ made, before }) =>
    before ? fact(before.kind, before.payload, { replaced: made }) : fact("withdrawal", {}, { replaced: made }));
}
