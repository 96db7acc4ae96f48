// Facts on their way to the diary. They lie on this device until the server says that they are on its disk; sent twice
// they are stored once, because their ids were made here. Nothing but facts is sent, so nothing can be overwritten.

import { shelf } from "./shelf.js";

// Where several people sign in, each has an outbox of their own: nobody's entries go to another one's diary.
const { account } = document.documentElement.dataset;
const NAME = account ? `quietlegs.${account}` : "quietlegs";
const WAITS_S = [1, 2, 4, 8, 16, 30];
const AT_ONCE = 100;
const LAST_WORDS = 20;
const GIVE_UP_MS = 20_000;
const QUEUE_MS = 25_000;
const MOST_STUCK = 3;

/**
 * @typedef {import("./fact.js").Fact} Fact
 * @typedef {import("./shelf.js").Place} Place
 * @typedef {{id: string, fact: Fact, problems: string[]}} Refused
 * @typedef {{waiting: number, refused: number, arrived: number, trying_again: boolean, problems: string[],
 *   kept: Place}} Standing `waiting` and `refused` are this device's, `arrived` and `problems` this page's
 */

/** @typedef {{arrived?: string[], refused?: string[], problems?: string[]}} News what became of facts, by their ids */

/**
 * @param {{url: string, token?: string, tell: (standing: Standing) => void, name?: string}} to `tell` hears of every
 *   change; without a token one is fetched when it is needed
 */
export function outbox({ url, token = "", tell, name = NAME }) {
  const box = shelf(name);
  /** Facts of this page of which nobody has said yet that they arrived. @type {Map<string, Fact>} */
  const mine = new Map();
  /** What arrived, by what this page heard: it does not wait, even where it could not be removed. @type {Set<string>} */
  const there = new Set();
  const news = hears(name, hear);
  let arrived = 0;
  let asked = 0;
  let failures = 0;
  let timer = 0;
  let wanted = false;
  /** @type {Promise<void>|null} */
  let sending = null;
  /** @type {string[]} */
  let problems = [];

  async function standing() {
    const turn = ++asked;
    const [waiting, refused] = [await unsent(), await box.all("refused")];
    if (turn !== asked) return;
    const counts = { waiting: waiting.length, refused: refused.length, arrived };
    tell({ ...counts, trying_again: failures > 0, problems, kept: box.worst() });
  }

  /** What lies on the shelf, and what this page added although the shelf was emptied meanwhile. */
  async function unsent({ mends = false } = {}) {
    const lying = /** @type {Fact[]} */ (await box.all("waiting"));
    const known = new Set(lying.map(({ id }) => id));
    const gone = [...mine.values()].filter(({ id }) => !known.has(id));
    const left = [...known].filter((id) => there.has(id));
    if (mends && gone.length) await box.put("waiting", gone);
    if (mends && left.length) await box.remove("waiting", left);
    return [...lying.filter(({ id }) => !there.has(id)), ...gone];
  }

  /**
   * @param {Fact[]} facts
   * @returns {Promise<Place>} once they are on this device's disk, or where they lie if it has none for us
   */
  async function add(facts) {
    for (const fact of facts) mine.set(fact.id, fact);
    // What was being counted before them would say too early that nothing waits.
    asked += 1;
    const kept = await box.put("waiting", facts);
    news.tell({});
    standing();
    if (kept !== "page") askToStay(name);
    flush();
    return kept;
  }

  /** @returns {Promise<void>} when all was sent, or could not be for now; what is added meanwhile is sent too */
  function flush() {
    wanted = true;
    sending ??= rounds();
    return sending;
  }

  async function rounds() {
    while (wanted) {
      wanted = false;
      clearTimeout(timer);
      try {
        await sendAll();
        failures = 0;
      } catch {
        failures += 1;
        timer = setTimeout(flush, 1000 * WAITS_S[Math.min(failures, WAITS_S.length) - 1]);
      }
      await standing();
    }
    sending = null;
  }

  async function sendAll() {
    await box.gather();
    /** Facts on which the server stumbles must not hold up the others. @type {Set<string>} */
    const stuck = new Set();
    while (await oneAtATime(name, () => sendSome(stuck)));
    if (stuck.size) throw new Error("something waits still");
  }

  /** @param {Set<string>} stuck */
  async function sendSome(stuck) {
    const facts = (await unsent({ mends: true })).filter(({ id }) => !stuck.has(id)).slice(0, AT_ONCE);
    if (facts.length) await deliver(facts, stuck);
    return facts.length > 0;
  }

  /**
   * The server takes all or none: where it refuses or stumbles, each half goes on its own.
   * @param {Fact[]} facts
   * @param {Set<string>} stuck
   * @returns {Promise<void>}
   */
  async function deliver(facts, stuck) {
    const answer = await post(facts);
    const said = await json(answer);
    if (answer.ok && said?.stored === facts.length) return settle({ arrived: facts.map(({ id }) => id) });
    // The diary cannot be written at all just now: all of it waits, none of it is to blame.
    if (answer.status === 503) throw new Error("answered 503");
    const splits = [400, 409, 413].includes(answer.status) || answer.status >= 500;
    if (!splits) throw new Error(`answered ${answer.status}`);
    if (facts.length > 1) {
      const middle = Math.ceil(facts.length / 2);
      await deliver(facts.slice(0, middle), stuck);
      return deliver(facts.slice(middle), stuck);
    }
    if (answer.status < 500 && Array.isArray(said?.problems)) return park(facts[0], said.problems);
    stuck.add(facts[0].id);
    if (stuck.size >= MOST_STUCK) throw new Error(`answered ${answer.status}`);
  }

  /** @param {Fact[]} facts */
  async function post(facts) {
    token ||= await freshToken();
    const answer = await send(facts);
    if (answer.status !== 403) return answer;
    token = await freshToken();
    return send(facts);
  }

  /** @param {Fact[]} facts @param {RequestInit} [more] */
  const send = (facts, more = { signal: AbortSignal.timeout?.(GIVE_UP_MS) }) =>
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(facts),
      ...more,
    });

  /** The page may be older than the server's memory of it, as when it comes from a cache. */
  async function freshToken() {
    const said = await json(await fetch(url.replace(/\?|$/, "/token$&"), { cache: "no-store", signal: AbortSignal.timeout?.(GIVE_UP_MS) }));
    if (typeof said?.token !== "string") throw new Error("no token");
    return said.token;
  }

  /**
   * Refused is not lost: the fact stays here, with the reason, until the person decides.
   * @param {Fact} fact
   * @param {string[]} reasons
   */
  async function park(fact, reasons) {
    await box.put("refused", [{ id: fact.id, fact, problems: reasons }]);
    await settle({ refused: [fact.id], problems: reasons });
  }

  /** Other pages hear it at once: this one may be closed while it waits for its disk. @param {News} what */
  async function settle(what) {
    hear(what);
    news.tell(what);
    await box.remove("waiting", [...what.arrived ?? [], ...what.refused ?? []]);
    news.tell({});
  }

  /**
   * What became of facts, here or on another page.
   * @param {News} news
   */
  function hear({ arrived: heard = [], refused = [], problems: reasons = [] }) {
    for (const id of heard) there.add(id);
    arrived += heard.filter((id) => mine.delete(id)).length;
    if (refused.filter((id) => mine.delete(id)).length) problems = [...problems, ...reasons];
    standing();
  }

  /** All that is on this device: what waits, and what was refused with its reasons. */
  const held = async () => ({ waiting: await unsent(), refused: /** @type {Refused[]} */ (await box.all("refused")) });

  /** Let everything that was refused wait again, as after the clock was set or the program renewed. */
  async function again() {
    const refused = await box.all("refused");
    await box.put("waiting", refused.map(({ fact }) => fact));
    await forget(refused.map(({ id }) => id));
  }

  /** The person has decided that refused facts are not needed. @param {string[]} ids */
  async function forget(ids) {
    await box.remove("refused", ids);
    news.tell({});
    await standing();
  }

  /** The page goes away: one last try that outlives it. What it sends stays on the shelf until somebody hears back. */
  function farewell() {
    const facts = [...mine.values()].slice(0, LAST_WORDS);
    if (!facts.length || !token) return;
    const ids = facts.map(({ id }) => id);
    send(facts, { keepalive: true })
      .then(async (answer) => { if ((await json(answer))?.stored === ids.length) await settle({ arrived: ids }); })
      .catch(() => {});
  }

  return { add, flush, farewell, standing, held, again, forget };
}

/**
 * An answer that is not ours, as from a hotel's login page, says nothing about the diary.
 * @param {Response} answer
 */
async function json(answer) {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

/**
 * Pages of one device tell each other what happened; a page that misses it sends again, which harms nothing.
 * @param {string} name
 * @param {(news: News) => void} hear
 * @returns {{tell: (news: News) => void}}
 */
function hears(name, hear) {
  if (!("BroadcastChannel" in globalThis)) return { tell() {} };
  const channel = new BroadcastChannel(`${name}.outbox`);
  channel.onmessage = ({ data }) => hear(data);
  return { tell: (what) => channel.postMessage(what) };
}

/**
 * Two pages that send at once do no harm, only needless work; so a lock that cannot be had is done without.
 * @param {string} name
 * @param {() => Promise<boolean>} work
 * @returns {Promise<boolean>}
 */
async function oneAtATime(name, work) {
  if (!navigator.locks) return work();
  const patience = AbortSignal.timeout?.(QUEUE_MS);
  let begun = false;
  try {
    return await navigator.locks.request(`${name}.outbox`, { signal: patience }, () => { begun = true; return work(); });
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}

/**
 * Ask once that the browser does not throw the entries away when it wants room.
 * @param {string} name
 */
async function askToStay(name) {
  const key = `${name}.asked_to_stay`;
  try {
    if (localStorage.getItem(key)) return;
    localStorage.setItem(key, "yes");
    await navigator.storage?.persist?.();
  } catch {
    // Where it cannot be remembered that it was asked for, asking on every page would be a nuisance.
  }
}
