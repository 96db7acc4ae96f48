// Where facts lie on this device until the diary has them: in IndexedDB, which is on disk when it says so. They are
// put into localStorage first, because that waits for nothing: a page that is killed a moment later loses nothing.
// Where one of the two is forbidden the other keeps them; where both are, they live as long as the page.

/**
 * @typedef {import("./fact.js").Fact} Fact
 * @typedef {"waiting"|"refused"} Drawer
 * @typedef {{id: string, [more: string]: any}} Row a fact, or a refused one with its problems
 * @typedef {(transaction: IDBTransaction) => IDBRequest|void} Work what is done in one go, all of it or none
 * @typedef {"disk"|"browser"|"page"} Place where rows lie: surely on disk, with the browser, or in this page alone
 */

const DRAWERS = ["waiting", "refused"];
const ANSWERS_WITHIN_MS = 3000;

/**
 * What each of the three places can do.
 * @template T
 * @typedef {{put: (drawer: Drawer, rows: Row[]) => T, all: (drawer: Drawer) => T,
 *   remove: (drawer: Drawer, ids: string[]) => T}} Drawers
 */

/**
 * Pages of one name share what they cannot put anywhere.
 * @type {Map<string, Map<string, Row>>}
 */
const memories = new Map();

/** @param {string} name */
function disk(name) {
  /** @type {Promise<IDBDatabase>|null} */
  let opened = null;

  function open() {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => DRAWERS.forEach((drawer) => request.result.createObjectStore(drawer, { keyPath: "id" }));
      request.onerror = () => failed(request.error);
      request.onsuccess = () => done(watched(request.result));
    });
    opened.catch(() => { opened = null; });
    return opened;
  }

  /**
   * The person or the browser may delete all of it at any time; then the next use opens it anew.
   * @param {IDBDatabase} database
   */
  function watched(database) {
    database.onversionchange = () => { database.close(); opened = null; };
    database.onclose = () => { opened = null; };
    return database;
  }

  /**
   * @param {IDBDatabase} database
   * @param {IDBTransactionMode} mode
   * @param {Work} work
   * @returns {Promise<any>}
   */
  const within = (database, mode, work) => new Promise((done, failed) => {
    const transaction = database.transaction(DRAWERS, mode, { durability: "strict" });
    const request = work(transaction);
    transaction.oncomplete = () => done(request?.result);
    transaction.onabort = () => failed(transaction.error);
    transaction.commit?.();
  });

  /**
   * @param {IDBTransactionMode} mode
   * @param {Work} work
   * @param {<T>(database: T) => T} still throws when nobody waits any more: what was given up must not be done late
   */
  async function asked(mode, work, still) {
    try {
      return await within(still(await open()), mode, work);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "InvalidStateError")) throw error;
      opened = null;
      return within(still(await open()), mode, work);
    }
  }

  /**
   * Some browsers never answer, as after all was deleted; what is asked for then stays where it was put first.
   * @param {IDBTransactionMode} mode
   * @param {Work} work
   * @returns {Promise<any>}
   */
  const use = (mode, work) => new Promise((done, failed) => {
    let over = false;
    const silent = () => new Error("IndexedDB does not answer");
    const patience = setTimeout(() => { over = true; opened = null; failed(silent()); }, ANSWERS_WITHIN_MS);
    const still = (/** @type {any} */ database) => { if (over) throw silent(); return database; };
    asked(mode, work, still).then(done, failed).finally(() => clearTimeout(patience));
  });

  /** @type {Drawers<Promise<any>>} */
  const drawers = {
    put: (drawer, rows) => use("readwrite", (transaction) => { for (const row of rows) transaction.objectStore(drawer).put(row); }),
    all: (drawer) => use("readonly", (transaction) => transaction.objectStore(drawer).getAll()),
    remove: (drawer, ids) => use("readwrite", (transaction) => { for (const id of ids) transaction.objectStore(drawer).delete(id); }),
  };
  return drawers;
}

/**
 * One key a row: two pages that write at once cannot undo each other's writing.
 * @param {string} name
 */
function browser(name) {
  const prefix = (/** @type {Drawer} */ drawer) => `${name}.${drawer}.`;
  /** @type {Drawers<any>} */
  const drawers = {
    put: (drawer, rows) => { for (const row of rows) localStorage.setItem(prefix(drawer) + row.id, JSON.stringify(row)); },
    all: (drawer) => Object.keys(localStorage).filter((key) => key.startsWith(prefix(drawer))).flatMap(parsed),
    remove: (drawer, ids) => { for (const id of ids) localStorage.removeItem(prefix(drawer) + id); },
  };
  return drawers;
}

/**
 * What lies under a key, as a list; another page may have removed it by now.
 * @param {string} key
 */
function parsed(key) {
  try {
    const row = JSON.parse(localStorage.getItem(key) ?? "null");
    return row === null ? [] : [row];
  } catch {
    return [];
  }
}

/** @param {string} name */
function page(name) {
  const rows = memories.get(name) ?? new Map();
  memories.set(name, rows);
  const at = (/** @type {Drawer} */ drawer, /** @type {string} */ id) => `${drawer} ${id}`;
  /** @type {Drawers<any>} */
  const drawers = {
    put: (drawer, found) => { for (const row of found) rows.set(at(drawer, row.id), row); },
    all: (drawer) => [...rows].filter(([key]) => key.startsWith(`${drawer} `)).map(([, row]) => row),
    remove: (drawer, ids) => { for (const id of ids) rows.delete(at(drawer, id)); },
  };
  return drawers;
}

/** @param {() => any} work @param {any} otherwise what it is where this place is forbidden */
async function orElse(work, otherwise) {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}

/** @param {string} name of the database, and the first word of the keys */
export function shelf(name) {
  const [deep, near, here] = [disk(name), browser(name), page(name)];

  /**
   * Before this returns, the rows are where waiting is not needed. @returns {Place}
   * @param {Drawer} drawer
   * @param {Row[]} rows
   */
  function atOnce(drawer, rows) {
    try {
      near.put(drawer, rows);
      return "browser";
    } catch {
      here.put(drawer, rows);
      return "page";
    }
  }

  /**
   * Keep rows; the same row again changes nothing.
   * @param {Drawer} drawer
   * @param {Row[]} rows
   * @returns {Promise<Place>} once they are as safe as they will be
   */
  async function put(drawer, rows) {
    const place = atOnce(drawer, rows);
    try {
      await deep.put(drawer, rows);
    } catch {
      return place;
    }
    await lift(drawer, rows.map(({ id }) => id));
    return "disk";
  }

  /**
   * @param {Drawer} drawer
   * @param {string[]} ids
   */
  async function lift(drawer, ids) {
    await orElse(() => near.remove(drawer, ids), null);
    here.remove(drawer, ids);
  }

  /** @param {Drawer} drawer @returns {Promise<Row[]>} every row once, in order of their ids */
  async function all(drawer) {
    const rows = [...await orElse(() => deep.all(drawer), []), ...await above(drawer)];
    return [...new Map(rows.map((row) => [row.id, row])).values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** @returns {Place} the worst place in which something waits */
  function worst() {
    if (here.all("waiting").length) return "page";
    try {
      return near.all("waiting").length ? "browser" : "disk";
    } catch {
      return "disk";
    }
  }

  const above = async (/** @type {Drawer} */ drawer) => [...await orElse(() => near.all(drawer), []), ...here.all(drawer)];

  /** @param {Drawer} drawer @param {string[]} ids */
  async function remove(drawer, ids) {
    await orElse(() => deep.remove(drawer, ids), null);
    await lift(drawer, ids);
  }

  /** Bring to disk what could not be put there at its time, and what an older version of this program left. */
  async function gather() {
    for (const drawer of /** @type {Drawer[]} */ (DRAWERS)) {
      const rows = await above(drawer);
      if (rows.length) await put(drawer, rows);
    }
    await older("pending", "waiting", (fact) => fact);
    await older("refused", "refused", ({ fact, problems }) => ({ id: fact.id, fact, problems }));
  }

  /**
   * @param {string} word
   * @param {Drawer} drawer
   * @param {(left: any) => Row} row
   */
  async function older(word, drawer, row) {
    const key = `${name}.guide.${word}`;
    const [left] = await orElse(() => parsed(key), []);
    if (!left) return;
    await put(drawer, left.map(row));
    await orElse(() => localStorage.removeItem(key), null);
  }

  return { put, all, remove, gather, worst };
}
