// What would have to be noted if a page ended without a word, as when the battery dies. It lies in localStorage, not in
// IndexedDB: a page that is being killed waits for nothing, and a draft is only ever the last word of one page.

// As with the outbox, each account on this device has its own.
const { account = "" } = document.documentElement.dataset;
const DRAFT = `quietlegs.guide.draft.${account}`;
const TAKEN = `quietlegs.guide.taken.${account}`;
const ORPHANED_AFTER_MS = 120_000;

/** @typedef {import("./fact.js").Fact} Fact */

/**
 * @template T
 * @param {() => T} work
 * @param {T} otherwise what it is where storage is forbidden
 */
const orElse = (work, otherwise) => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

/** @param {string} key */
const read = (key) => orElse(() => JSON.parse(localStorage.getItem(key) ?? "[]"), []);

/** @param {string} session */
export function draftBox(session) {
  const key = DRAFT + session;
  let saved = false;
  return {
    /** @param {Fact[]} facts */
    save(facts) {
      const draft = [{ at_ms: Date.now(), facts }];
      saved = facts.length > 0 && orElse(() => { localStorage.setItem(key, JSON.stringify(draft)); return true; }, false);
      if (!facts.length) this.drop();
    },
    /** Whether the draft was taken up by another page, which sends it. */
    get wasTaken() {
      return saved && orElse(() => localStorage.getItem(key) === null, false);
    },
    drop() {
      saved = false;
      orElse(() => localStorage.removeItem(key), undefined);
    },
  };
}

/**
 * Hand on the drafts that no page looks after any more; one is forgotten only once it was kept elsewhere.
 * @param {(facts: Fact[]) => Promise<any>} keep
 */
export async function adopt(keep) {
  for (const key of keysOf(DRAFT)) take(key);
  for (const key of keysOf(TAKEN)) {
    const [draft] = read(key);
    if (draft) await keep(draft.facts);
    orElse(() => localStorage.removeItem(key), undefined);
  }
}

/**
 * Under its new key nobody goes on with it; the page that wrote it sees that it is gone.
 * @param {string} key
 */
function take(key) {
  const [draft] = read(key);
  if (draft && Date.now() - draft.at_ms < ORPHANED_AFTER_MS) return;
  if (draft) localStorage.setItem(TAKEN + key.slice(DRAFT.length), JSON.stringify([draft]));
  localStorage.removeItem(key);
}

/** @type {string[]} */
const NONE = [];

const keysOf = (/** @type {string} */ prefix) => orElse(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix)), NONE);
