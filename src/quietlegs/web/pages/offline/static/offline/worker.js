// The worker: brings quietlegs to the screen when no network does. It keeps two things on this phone: the files that
// pages are made of, each by its fingerprint, and the pages that a night needs, all from one moment of the diary.
// The server puts `self.packed` before this text: version, prefix of static files, and the files' fingerprints.

/**
 * @typedef {{address: string, offers: boolean, night: string|null, hour: number, body: string}} KeptPage
 * @typedef {object} Ledger what is kept now
 * @property {string} [state] mark of what the pages were made from
 * @property {string} [answers] mark of the safety answers they were made from
 * @property {KeptPage[]} [pages]
 * @property {Record<string, string>} [blanks] what is filled into the pages when they are shown
 * @property {boolean} [doubt] whether safety answers were given that the pages may not know
 */

/**
 * @typedef {{version: string, prefix: string, assets: Record<string, string>}} Packed
 * @typedef {object} Parcel what the server gives: bodies as places in the list of parts
 * @property {string} version
 * @property {string} state
 * @property {string} answers
 * @property {KeptPage[]} pages
 * @property {string[]} parts
 * @property {Record<string, number[]>} bodies
 * @property {Record<string, string>} blanks
 */

const worker = /** @type {ServiceWorkerGlobalScope & {packed: Packed}} */ (/** @type {unknown} */ (self));
const { version, prefix, assets } = worker.packed;
const FILES = `files-${version}`;
const PAGES = `pages-${version}`;
const LEDGER = "ledger";
const LEDGER_KEY = `/ledger/${version}`;
const INDEX_KEY = "/fingerprints";
const PATIENCE_MS = 800;
const SLOW_FOR_MS = 30_000;
const AFTER_WRITING_MS = 3000;
const GIVE_UP_MS = 60_000;
// A kept page keeps to the same rules as one from the server.
const RULES = [
  "content-security-policy", "cross-origin-opener-policy", "referrer-policy", "x-content-type-options", "x-frame-options",
];

const later = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

const quietly = (/** @type {Promise<unknown>} */ promise) => promise.catch(() => undefined);
const note = (/** @type {unknown} */ value) => new Response(JSON.stringify(value));

/**
 * @param {string} url
 * @param {RequestInit} [options]
 */
async function sure(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer;
}

// --- The ledger: one small entry that says which pages hold; whoever changes what is kept waits for the one before.

/** @returns {Promise<Ledger>} */
async function ledger() {
  const held = await (await caches.open(LEDGER)).match(LEDGER_KEY);
  return held ? held.json() : {};
}

/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** @param {() => Promise<void>} work begins when the one before has ended, well or badly */
function inTurn(work) {
  const mine = turn.then(work);
  turn = quietly(mine);
  return mine;
}

/** @param {(held: Ledger) => Ledger} change */
async function enter(change) {
  const held = await ledger();
  await (await caches.open(LEDGER)).put(LEDGER_KEY, note(change(held)));
}

const write = (/** @type {(held: Ledger) => Ledger} */ change) => inTurn(() => enter(change));

// --- Files: fetched once, and carried over from an older version where the content is the same.

async function stock() {
  const files = await caches.open(FILES);
  const older = await fingerprints();
  await Promise.all(Object.entries(assets).map(async ([name, mark]) => {
    const same = older.get(mark);
    await files.put(prefix + name, same ? await same() : await sure(prefix + name));
  }));
  await files.put(INDEX_KEY, note(assets));
}

/** How to get a file of an older version, by its fingerprint. */
async function fingerprints() {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith("files-") || name === FILES) continue;
    const cache = await caches.open(name);
    const index = await (await cache.match(INDEX_KEY))?.json();
    const keys = await cache.keys();
    for (const [file, mark] of Object.entries(index ?? {})) {
      const key = keys.find((one) => new URL(one.url).pathname.endsWith(`/${file}`));
      if (key) found.set(mark, () => cache.match(key));
    }
  }
  return found;
}

/** @param {Request} request */
async function file(request) {
  const held = (await (await caches.open(FILES)).match(request.url)) ?? (await caches.match(request.url));
  return held ?? fetch(request);
}

// --- Pages: all of one moment, in a cache of their own; the ledger is told last, so that a half-filled one never holds.

/** @type {Promise<void>|null} */
let refreshing = null;
let wanted = false;
let posting = 0;
let posted = 0;
// How often this device has changed hands; pages that were asked for before are not kept.
let hands = 0;

/** Ask whether the pages are still right; asked again while asking, it asks once more. */
function refresh() {
  wanted = true;
  refreshing ??= (async () => {
    try {
      while (wanted) {
        wanted = false;
        await bring();
      }
    } finally {
      refreshing = null;
    }
  })();
  return refreshing;
}

async function bring() {
  const before = await ledger();
  const first = posted;
  const whose = hands;
  const calm = posting === 0;
  const bodies = await (await caches.open(PAGES)).keys();
  const held = bodies.map((key) => new URL(key.url).pathname.split("/").pop()).join(",");
  const answer = await fetch(`/offline/pages/?have=${before.state ?? ""}&version=${version}&held=${held}`, {
    cache: "no-store",
    signal: AbortSignal.timeout?.(GIVE_UP_MS),
  });
  // Nobody is signed in any more, perhaps because somebody ended it from elsewhere: then nobody's pages are kept here.
  if (answer.status === 401) return forget();
  if (!answer.ok) throw new Error(`the pages answered ${answer.status}`);
  /** Pages that were made while a form was on its way may not know of it: they end no doubt. */
  const doubt = (/** @type {Ledger} */ now) => Boolean(now.doubt) && !(calm && posting === 0 && posted === first);
  if (answer.status === 204) return write((now) => ({ ...now, doubt: doubt(now) }));
  /** @type {Parcel} */
  const kept = await answer.json();
  if (kept.version !== version) return outgrown(kept, before);
  const { state, answers, pages, blanks } = kept;
  await inTurn(async () => {
    // Somebody signed out while these pages were on their way: they are nobody's here any more.
    if (whose !== hands) return;
    await fill(kept, answer.headers);
    await enter((now) => ({ state, answers, pages, blanks, doubt: doubt(now) }));
    await clear(pages);
  });
  if (before.answers !== answers) await tell("answers");
}

/**
 * The server is newer than this worker. Its pages wait for the worker that comes; ours end where they may be wrong.
 * @param {Parcel} kept
 * @param {Ledger} before
 */
async function outgrown(kept, before) {
  if (kept.answers !== before.answers) await write((held) => ({ ...held, doubt: true }));
  await worker.registration.update();
}

/** Keep no page, as before the first one was kept; nor what a newer worker, that still waits, has brought. */
async function forget() {
  hands += 1;
  await inTurn(async () => {
    await caches.delete(LEDGER);
    for (const name of await caches.keys()) if (name.startsWith("pages-")) await caches.delete(name);
  });
}

/**
 * Where people sign in, whoever comes next finds nothing of whoever goes: no page, and no reminder on the screen. Nor
 * does anybody where all was deleted, which is answered at once and not led elsewhere.
 * @param {string} path of the form that was sent
 * @param {boolean} answered
 */
async function changeHands(path, answered) {
  const deleted = answered && (path === "/erase/" || path === "/account/delete/");
  if (!deleted && !path.startsWith("/account/")) return;
  await forget();
  if (!deleted && path !== "/account/sign-out/") return;
  const pushed = await worker.registration.pushManager?.getSubscription();
  await pushed?.unsubscribe();
}

const place = (/** @type {string} */ mark) => `/body/${mark}`;

/**
 * @param {Parcel} kept
 * @param {Headers} headers
 */
async function fill({ bodies, parts }, headers) {
  const rules = Object.fromEntries(RULES.map((one) => [one, headers.get(one)]).filter(([, value]) => value));
  const cache = await caches.open(PAGES);
  await Promise.all(Object.entries(bodies).map(([mark, places]) => {
    const body = places.map((at) => parts[at]).join("");
    return cache.put(place(mark), new Response(body, { headers: { ...rules, "content-type": "text/html; charset=utf-8" } }));
  }));
}

/** @param {KeptPage[]} pages those that hold now; the bodies of others are thrown away */
async function clear(pages) {
  const cache = await caches.open(PAGES);
  const held = new Set(pages.map((one) => place(one.body)));
  for (const key of await cache.keys()) if (!held.has(new URL(key.url).pathname)) await cache.delete(key);
}

/** Windows that show a kept page, which may have been the wrong one. */
const showing = new Set();

/** @param {string} what */
async function tell(what) {
  for (const id of showing) (await worker.clients.get(id))?.postMessage({ quietlegs: what });
  showing.clear();
}

/** The night that this phone's clock tells: from noon to noon, by the date of its evening. */
function tonight() {
  const on = new Date();
  if (on.getHours() < 12) on.setDate(on.getDate() - 1);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${on.getFullYear()}-${two(on.getMonth() + 1)}-${two(on.getDate())}`;
}

const sinceNoon = (/** @type {number} */ hour) => (hour + 12) % 24;

/** @param {KeptPage} page */
const isRightNow = ({ night, hour }) =>
  night === null || (night === tonight() && sinceNoon(hour) <= sinceNoon(new Date().getHours()));

/**
 * The kept page for an address; of several for this night the last that has begun. While safety answers are in doubt
 * nothing is offered.
 * @param {string} address
 * @returns {Promise<Response|undefined>}
 */
async function kept(address) {
  const held = await ledger();
  const page = held.pages?.filter((one) => one.address === address && isRightNow(one)).pop();
  if (!page || (page.offers && held.doubt)) return undefined;
  const found = await (await caches.open(PAGES)).match(place(page.body));
  if (!found) return undefined;
  const blanks = Object.entries(held.blanks ?? {});
  const body = blanks.reduce((text, [blank, words]) => text.replaceAll(blank, words), await found.text());
  return new Response(body, { headers: found.headers });
}

/**
 * Where a kept page lies: of what follows the question mark only the movement decides.
 * @param {URL} url
 */
function addressOf(url) {
  const movement = url.pathname.startsWith("/guide/") && url.searchParams.get("movement");
  return movement ? `${url.pathname}?movement=${movement}` : url.pathname;
}

/** @param {string} why */
async function away(why) {
  const { doubt } = await ledger();
  const page = await kept(`/offline/${doubt ? "?why=answers" : why}`);
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
}

// --- Answers: the network first, with little patience where a kept page can be shown.

let slowUntil = 0;

/**
 * What the network says, or nothing where it fails; a server that is broken or absent behind a proxy fails too.
 * @param {Promise<Response>} asked
 */
const heard = (asked) => asked.then((answer) => (answer.status >= 500 ? null : answer), () => null);

/**
 * @param {Request} request
 * @param {Promise<Response>} asked
 * @param {string} client
 */
async function page(request, asked, client) {
  const held = await kept(addressOf(new URL(request.url)));
  if (!held) return (await asked.catch(() => null)) ?? away("");
  const patience = Date.now() < slowUntil ? 0 : PATIENCE_MS;
  const first = await Promise.race([heard(asked), later(patience).then(() => /** @type {const} */ ("late"))]);
  if (first === "late") slowUntil = Date.now() + SLOW_FOR_MS;
  if (first && first !== "late") return first;
  showing.add(client);
  return held;
}

/**
 * A form that is sent. Ticked safety answers put every offer in doubt before the server hears of them.
 * @param {Request} request
 */
async function sent(request) {
  const ticks = new URL(request.url).pathname === "/safety/" && (await request.clone().formData()).has("yes");
  posting += 1;
  posted += 1;
  try {
    if (ticks) await write((held) => ({ ...held, doubt: true }));
    const answer = await fetch(request);
    await quietly(changeHands(new URL(request.url).pathname, answer.ok));
    return answer;
  } catch {
    return away("?why=unsent");
  } finally {
    posting -= 1;
  }
}

/** A worker that waits takes over when somebody goes to another page and nobody is being guided. */
async function makeWay() {
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.some((client) => new URL(client.url).pathname.startsWith("/guide/"))) return;
  worker.registration.waiting?.postMessage("take over");
}

worker.addEventListener("install", (event) => {
  // No form passes a first worker yet, a sign-out neither: it keeps pages once it sees them, at the first "look".
  event.waitUntil(stock().then(() => worker.registration.active && quietly(refresh())));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (![FILES, LEDGER, PAGES].includes(name)) await caches.delete(name);
    const notes = await caches.open(LEDGER);
    for (const key of await notes.keys()) if (new URL(key.url).pathname !== LEDGER_KEY) await notes.delete(key);
    await worker.clients.claim();
  })());
});

worker.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(worker.skipWaiting());
  if (event.data === "look") event.waitUntil(quietly(refresh()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (request.mode !== "navigate") return event.waitUntil(later(AFTER_WRITING_MS).then(() => quietly(refresh())));
    const answer = sent(request);
    event.waitUntil(answer.then(() => quietly(refresh())));
    return event.respondWith(answer);
  }
  if (request.mode === "navigate") {
    const asked = fetch(request);
    event.waitUntil(quietly(asked.then(makeWay).then(refresh)));
    return event.respondWith(page(request, asked, event.resultingClientId));
  }
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

// --- Reminders: shown as they come, with two answers; what is answered goes to the server with the reminder's token.

/**
 * @typedef {object} Reminder
 * @property {string} title
 * @property {string} [tag] the same for the same reminder: one that comes twice takes its own place
 * @property {string} [lang]
 * @property {string} [token]
 * @property {{action: string, title: string}[]} [actions]
 */

/**
 * A push without words that can be read is shown all the same: nothing comes unseen.
 * @param {PushMessageData|null} data
 * @returns {Reminder}
 */
function told(data) {
  try {
    return data?.json() ?? { title: "Time for your routine" };
  } catch {
    return { title: "Time for your routine" };
  }
}

/**
 * @param {string} token
 * @param {string} what
 */
const reply = (token, what) => sure("/reminders/answer/", { method: "POST", body: new URLSearchParams({ token, what }) });

/** @param {Reminder} reminder */
async function remind({ title, tag = "routine", lang = "", token = "", actions = [] }) {
  const icon = `${prefix}offline/icon-192.png`;
  const options = { tag, lang, icon, badge: icon, actions, data: { title, tag, lang, token, actions } };
  await worker.registration.showNotification(title, options);
  if (token) await quietly(reply(token, "shown"));
}

/**
 * An answer that did not reach the server must not look as if it had: the reminder comes back. Where the server cannot
 * do what was asked, its words are shown without a sound.
 * @param {Notification} notification
 * @param {string} action
 */
async function answered({ data }, action) {
  try {
    const answer = await reply(data.token, action);
    if (answer.status === 200) {
      const { title, lang } = await answer.json();
      const told = { ...data, title, lang, actions: [] };
      await worker.registration.showNotification(title, { ...told, silent: true, data: told });
    }
  } catch {
    await worker.registration.showNotification(data.title, { ...data, data });
  }
}

async function open() {
  const pages = await worker.clients.matchAll({ type: "window" });
  const quiet = pages.find((one) => !new URL(one.url).pathname.startsWith("/guide/"));
  return quiet ? quiet.focus() : worker.clients.openWindow("/");
}

worker.addEventListener("push", (event) => event.waitUntil(remind(told(event.data))));

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(event.action ? answered(event.notification, event.action) : open());
});
