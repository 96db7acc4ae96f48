// Facts on their way to the diary. They lie in this device's storage until the server says that they are on disk;
// sent twice they are stored once, because their ids were made here.

const PENDING = "quietlegs.guide.pending";
const REFUSED = "quietlegs.guide.refused";
const DRAFT = "quietlegs.guide.draft.";
const WAITS_S = [1, 2, 4, 8, 16, 30];
const AT_ONCE = 100;
const GIVE_UP_MS = 20_000;
const ORPHANED_AFTER_MS = 120_000;

/**
 * @typedef {import("../frame/fact.js").Fact} Fact
 * @typedef {{waiting: number, arrived: number, trying_again: boolean, problems: string[]}} Standing
 */

// Storage may be forbidden; then a fact lives as long as the page.
const memory = new Map();
let forbidden = false;

function read(key) {
  if (forbidden) return memory.get(key) ?? [];
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

function write(key, value) {
  memory.set(key, value);
  try {
    if (value.length) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    forbidden = true;
  }
}

/**
 * @param {{url: string, token: string, tell: (standing: Standing) => void}} to `tell` hears of every change
 */
export function outbox({ url, token, tell }) {
  let sending = false;
  let failures = 0;
  let arrived = 0;
  let timer = 0;
  /** @type {string[]} */
  let problems = [];

  const standing = () => tell({ waiting: read(PENDING).length, arrived, trying_again: failures > 0, problems });

  /** @param {Fact[]} facts */
  function keep(facts) {
    const known = new Set(read(PENDING).map((fact) => fact.id));
    write(PENDING, [...read(PENDING), ...facts.filter((fact) => !known.has(fact.id))]);
  }

  /** @param {Fact[]} facts */
  function add(facts) {
    keep(facts);
    flush();
  }

  const post = (facts, more) =>
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(facts),
      ...more,
    });

  async function flush() {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    standing();
    try {
      while (read(PENDING).length) await deliver(read(PENDING).slice(0, AT_ONCE));
      failures = 0;
    } catch {
      failures += 1;
      timer = setTimeout(flush, 1000 * WAITS_S[Math.min(failures, WAITS_S.length) - 1]);
    }
    sending = false;
    standing();
  }

  /** The server takes all or none: where one fact is refused, the others go one by one. */
  async function deliver(facts) {
    const answer = await post(facts, { signal: AbortSignal.timeout?.(GIVE_UP_MS) });
    if (answer.ok) {
      arrived += facts.length;
      done(facts);
    } else if (answer.status !== 400 && answer.status !== 409) {
      throw new Error(`answered ${answer.status}`);
    } else if (facts.length > 1) {
      for (const fact of facts) await deliver([fact]);
    } else {
      const found = (await answer.json()).problems;
      problems = [...problems, ...found];
      write(REFUSED, [...read(REFUSED), { fact: facts[0], problems: found }]);
      done(facts);
    }
  }

  function done(facts) {
    const gone = new Set(facts.map((fact) => fact.id));
    write(PENDING, read(PENDING).filter((fact) => !gone.has(fact.id)));
  }

  /** The page goes away: one last try that outlives it. What is pending stays kept until it is acknowledged. */
  function farewell() {
    const facts = read(PENDING).slice(0, AT_ONCE);
    if (facts.length) post(facts, { keepalive: true }).then((answer) => answer.ok && done(facts), () => {});
  }

  return { add, flush, farewell, standing };
}

/**
 * What would have to be noted if this page ended without a word, as when the battery does.
 * @param {string} session
 */
export function draftBox(session) {
  const key = DRAFT + session;
  let saved = false;
  return {
    /** @param {Fact[]} facts */
    save(facts) {
      saved = facts.length > 0;
      write(key, facts.length ? [{ at_ms: Date.now(), facts }] : []);
    },
    /** Whether the draft was taken up by another page, which sends it. */
    get wasTaken() {
      return saved && read(key).length === 0;
    },
    drop() {
      saved = false;
      write(key, []);
    },
  };
}

/**
 * Drafts that no page looks after any more; taken out of storage.
 * @returns {Fact[]}
 */
export function orphans() {
  const found = [];
  for (const key of draftKeys()) {
    const [draft] = read(key);
    if (draft && Date.now() - draft.at_ms < ORPHANED_AFTER_MS) continue;
    if (draft) found.push(...draft.facts);
    write(key, []);
  }
  return found;
}

function draftKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));
  } catch {
    return [];
  }
}
