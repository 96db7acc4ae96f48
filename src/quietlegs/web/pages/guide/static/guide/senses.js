// Voice, buzz and a screen that stays lit: each only where the device has it and the person asked for it.

const QUIET_FROM = ["quietlegs.quiet.from", "22:00"];
const QUIET_UNTIL = ["quietlegs.quiet.until", "07:00"];

/** Whether the device's clock stands in the hours that this person wants quiet; the same hour twice is never. */
function isQuietHour() {
  const [from, until] = [QUIET_FROM, QUIET_UNTIL].map(hour);
  const now = new Date().toTimeString().slice(0, 5);
  return from < until ? now >= from && now < until : from > until && (now >= from || now < until);
}

/** @param {string[]} setting its key, and the hour where none was chosen */
function hour([key, usual]) {
  const held = stored(key) ?? "";
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(held) ? held : usual;
}

/**
 * A switch that is remembered on this device, but in quiet hours holds only once it was switched on this time.
 * @param {HTMLButtonElement} button
 * @param {boolean} possible whether the device can do it
 * @returns {() => boolean} whether it is on now
 */
export function remembered(button, possible) {
  const key = `quietlegs.guide.${button.id}`;
  let askedNow = false;
  let wanted = stored(key) === "on";
  const isOn = () => wanted && (askedNow || !isQuietHour());
  const show = () => button.setAttribute("aria-pressed", String(isOn()));
  button.hidden = !possible;
  button.addEventListener("click", () => {
    wanted = !isOn();
    askedNow = wanted;
    store(key, wanted ? "on" : "off");
    show();
  });
  show();
  return () => {
    show();
    return possible && isOn();
  };
}

/** @param {string} key */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is forbidden; the switch holds for this page.
  }
}

const canSpeak = "speechSynthesis" in window;
export const canBuzz = "vibrate" in navigator;

/** @param {string} words */
export function speak(words) {
  if (!canSpeak) return;
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.lang = document.documentElement.lang;
  spoken.rate = 0.9;
  speechSynthesis.speak(spoken);
}

export function hush() {
  if (canSpeak) speechSynthesis.cancel();
}

/** Keeps the screen lit while a movement plays; a device that will not is no reason to stop. */
export function lamp() {
  let wanted = false;
  /** @type {WakeLockSentinel|null} */
  let lock = null;

  async function light() {
    if (!wanted || lock || document.hidden || !navigator.wakeLock) return;
    try {
      const got = await navigator.wakeLock.request("screen");
      lock = got;
      got.addEventListener("release", () => { lock = null; });
      if (!wanted) await got.release();
    } catch {
      lock = null;
    }
  }

  document.addEventListener("visibilitychange", light);
  return {
    /** @param {boolean} lit */
    keep(lit) {
      wanted = lit;
      if (lit) light();
      else lock?.release();
    },
  };
}
