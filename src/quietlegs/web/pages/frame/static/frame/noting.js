// A fact is made where it is noted: its id, instant and zone come from this device, at the tap.

import { momentIn } from "./wall.js";

/** @returns {string} the IANA zone of this device */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/**
 * A UUID of version 7 (RFC 9562).
 * @param {number} at milliseconds since 1970
 * @returns {string}
 */
export function uuid7(at) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = at;
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * What every fact says of its moment, on this device's clock.
 * @param {number} at milliseconds since 1970
 */
export const moment = (at) => momentIn(at, zone());

/** What each form said when it was last sent; the same said again, as by a second tap, stays the same fact. */
let said = new WeakMap();
const MADE_HERE = ["fact_id", "noted_at", "zone"];

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement|null} submitter
 */
function words(form, submitter) {
  const answers = [...new FormData(form, submitter)].filter(([name]) => !MADE_HERE.includes(name));
  return JSON.stringify(answers);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
}

/** @param {SubmitEvent} event */
function fill(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const [id, noted_at, told_zone] = MADE_HERE.map((name) => field(form, name));
  if (!id || !noted_at || !told_zone) return;
  const now = words(form, event.submitter);
  if (said.get(form) === now) return;
  said.set(form, now);
  const at = Date.now();
  id.value = uuid7(at);
  noted_at.value = new Date(at).toISOString();
  told_zone.value = zone();
}

// In the capture phase, so that the fields are filled before anybody else reads the form.
document.addEventListener("submit", fill, true);

// A page that comes back from the browser's memory is filled in anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) said = new WeakMap();
});

const isTold = () => document.cookie.split("; ").includes(`zone=${encodeURIComponent(zone())}`);
if (!isTold()) {
  const kept = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${encodeURIComponent(zone())}; path=/; max-age=31536000; samesite=strict${kept}`;
  // Where cookies are blocked the server cannot hear of the zone, and a reload would follow every reload.
  if (isTold() && document.body.dataset.zone && document.body.dataset.zone !== zone()) location.reload();
}
