// Instants and the clock on the wall of any zone, noon to noon: the twin of quietlegs.records.moment and of
// quietlegs.day.night_to_rate, where the rules stand. Pure: the clock is an argument.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVENING_BEGINS_AT = 20;
const SMALL_HOURS_END_AT = 4;
const MORNING_ENDS_AT = 12;

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** @param {string} zone */
function clockOf(zone) {
  const found = clocks.get(zone) ?? new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn",
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  clocks.set(zone, found);
  return found;
}

/**
 * How far the wall's clock is ahead of UTC, in seconds.
 * @param {number} at milliseconds since 1970
 * @param {string} zone IANA name
 */
export function offsetS(at, zone) {
  const part = Object.fromEntries(clockOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return Math.round(shown / 1000 - Math.floor(at / 1000));
}

/** @param {number} shown what the wall's clock shows, as if it were UTC, in milliseconds since 1970 */
const dateOf = (shown) => new Date(shown).toISOString().slice(0, 10);

/**
 * What every fact says of its moment, in the wire form of the diary.
 * @param {number} at milliseconds since 1970
 * @param {string} zone IANA name
 */
export function momentIn(at, zone) {
  const offset_s = offsetS(at, zone);
  const shown = at + offset_s * 1000;
  return {
    at: new Date(at).toISOString(), zone, offset_s,
    wall: new Date(shown).toISOString().replace("Z", ""),
    night: dateOf(shown - DAY_MS / 2),
  };
}

/**
 * The night to ask about, and whether it is still going on.
 * @param {number} at milliseconds since 1970
 * @param {string} zone IANA name
 * @returns {{night: string, going_on: boolean}}
 */
export function nightToRate(at, zone) {
  const shown = at + offsetS(at, zone) * 1000;
  const hour = new Date(shown).getUTCHours();
  const tonight = shown - DAY_MS / 2;
  if (hour >= EVENING_BEGINS_AT || hour < SMALL_HOURS_END_AT) return { night: dateOf(tonight), going_on: true };
  return { night: dateOf(hour < MORNING_ENDS_AT ? tonight : tonight - DAY_MS), going_on: false };
}

/**
 * The instant at which the wall's clock showed this time during a night; an hour shown twice is taken the first time,
 * one that was skipped as if the clock had not been put forward yet.
 * @param {string} night date of its evening
 * @param {string} wall such as "21:30"
 * @param {string} zone IANA name
 * @returns {number} milliseconds since 1970
 */
export function instantIn(night, wall, zone) {
  const [hour, minute] = wall.split(":").map(Number);
  const evening = Date.parse(`${night}T00:00:00Z`);
  const shown = evening + (hour < MORNING_ENDS_AT ? DAY_MS : 0) + hour * HOUR_MS + minute * 60_000;
  const before = shown - 1000 * offsetS(shown - DAY_MS, zone);
  const after = shown - 1000 * offsetS(shown + DAY_MS, zone);
  /** @param {number} at */
  const fits = (at) => at + 1000 * offsetS(at, zone) === shown;
  return !fits(before) && fits(after) ? after : before;
}

/**
 * The time that the wall's clock showed, such as "21:30".
 * @param {number} at milliseconds since 1970
 * @param {string} zone IANA name
 */
export function clockTime(at, zone) {
  return new Date(at + 1000 * offsetS(at, zone)).toISOString().slice(11, 16);
}
