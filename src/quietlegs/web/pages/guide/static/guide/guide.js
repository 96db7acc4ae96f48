// The guide: before, the movement, after. Time is read from the clock at each look, never counted.

import { announce, darken, draw, isDark, stage, written } from "./draw.js";
import { drawNow, forget, keep, kept, showDrawn } from "./drawn.js";
import { isWork, practiceNotes, reliefNotes } from "./notes.js";
import { cueAt, ended, ready, stands, step, underWay } from "./player.js";
import { canBuzz, hush, lamp, remembered, speak } from "./senses.js";
import { sound } from "./sound.js";
import { lookAgainMs, view } from "./view.js";
import { draftBox } from "../frame/draft.js";
import { at } from "../frame/found.js";
import { uuid7 } from "../frame/noting.js";
import { outbox } from "../frame/outbox.js";

const HEARD_WITHIN_MS = 1000;
const ALIVE_EVERY_MS = 30_000;
const LONG_STAGE_S = 40;
const WARN_AT_S = 20;
const ASK_AGAIN_MS = 600_000;
const ASK_UNTIL_MS = 900_000;

/** @typedef {{before?: number, after?: number, after_10_min?: number}} Ratings */

const data = JSON.parse(at("guide-data").textContent);
const token = /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]")).value;
const box = outbox({ url: data.facts_url, token, tell: written(data.words) });
const draft = draftBox(uuid7(Date.now()));
let practice = practiceNotes(data.cues, data.routine);
let relief = data.offer && reliefNotes(data.offer);
const sounds = remembered(/** @type {HTMLButtonElement} */ (at("sound")), true);
const buzzes = remembered(/** @type {HTMLButtonElement} */ (at("buzz")), canBuzz);
const light = lamp();

let player = ready();
let timer = 0;
/** @type {import("./player.js").Cue|null} */
let cueSeen = null;
let phaseSeen = "ready";
/** @type {number|null} */
let warned = null;
let aliveAt = 0;
let endedAt = 0;
let asked = false;
/** @type {ReturnType<typeof practice.draft>} */
let drafted = [];

/**
 * Take an event at this very moment, then show where that leads.
 * @param {import("./player.js").PlayerEvent} event
 */
function happen(event) {
  if (ended(player)) return;
  const now = Date.now();
  player = step(data.cues, listened(now), event, now);
  track.follow(data.cues, player, sounds());
  if (ended(player)) finish();
  else look();
}

/**
 * The player as far as its sound was really heard: a locked phone plays on, one in a call does not.
 * @param {number} now
 */
function listened(now) {
  const reached = track.reached();
  const at_ms = player.at_ms + (reached ?? 0) - player.position_ms;
  if (reached === null || player.phase !== "playing" || at_ms <= player.at_ms) return player;
  return step(data.cues, player, { event: "tick", heard: true }, now - at_ms < HEARD_WITHIN_MS ? now : at_ms);
}

function look() {
  const shown = view(data.cues, player.position_ms, data);
  draw(shown, player.phase, data.words);
  if (player.phase === "waiting" && phaseSeen !== "waiting") wait();
  phaseSeen = player.phase;
  if (player.phase === "playing") say(shown);
  if (shown.cue !== cueSeen || Date.now() - aliveAt > ALIVE_EVERY_MS) keepDraft();
  cueSeen = shown.cue;
}

/** @param {import("./view.js").View} shown */
function say(shown) {
  if (shown.cue !== cueSeen) {
    if (shown.cue.say) announce(shown.cue.say);
    if (shown.cue.say && sounds()) speak(shown.cue.say);
    if (shown.cue.span_start_s !== cueSeen?.span_start_s && buzzes()) navigator.vibrate(shown.other ? [150, 100, 150] : 150);
  }
  const { span_start_s, span_length_s } = shown.cue;
  if (span_length_s >= LONG_STAGE_S && shown.left_s <= WARN_AT_S && warned !== span_start_s) {
    warned = span_start_s;
    announce(data.words.nearly);
  }
}

/**
 * What the person says before: with a lot it is drawn only now, and noted before anything is shown.
 * @param {Ratings} ratings
 */
function begin(ratings) {
  const first = (relief ?? reliefNotes(drawNow(data.lot)))(ratings);
  box.add([first]);
  if (!data.lot) return start();
  keep(first);
  take(first);
}

/**
 * From now on this page is about the movement that was drawn.
 * @param {import("./notes.js").Fact} fact
 */
function take(fact) {
  const { movement } = fact.payload;
  Object.assign(data, data.lot.movements[movement]);
  practice = practiceNotes(data.cues, data.routine);
  relief = reliefNotes(/** @type {Parameters<typeof reliefNotes>[0]} */ (fact.payload), fact);
  showDrawn(movement);
}

function start() {
  stage("player");
  light.keep(true);
  happen({ event: "start" });
  lookOn();
}

/** Nobody looks at a hidden page; what was heard meanwhile is known when somebody does. */
function lookOn() {
  if (ended(player)) return;
  if (!document.hidden || track.plays()) happen({ event: "tick" });
  timer = setTimeout(lookOn, lookAgainMs(data.cues, player.position_ms));
}

/** The phone slept, and with it whoever moved, or not: only they can say. */
function wait() {
  light.keep(false);
  announce(at("waiting").textContent);
}

function pauseOrGoOn() {
  const goesOn = stands(player);
  hush();
  light.keep(goesOn);
  announce(goesOn ? data.words.going_on : data.words.paused);
  happen({ event: goesOn ? "resume" : "pause" });
}

const stop = (/** @type {import("./player.js").StopReason} */ reason) => happen({ event: "stop", reason });

function finish() {
  clearTimeout(timer);
  hush();
  light.keep(false);
  endedAt = Date.now();
  hand(player);
  if (player.reason === "hurt") return hurt();
  announce(player.phase === "done" ? data.cues[data.cues.length - 1].say : "");
  if (!relief) return thanks();
  stage("after");
  setTimeout(askAgain, ASK_AGAIN_MS);
}

/**
 * Hand on what was practised up to this state.
 * @param {import("./player.js").Player} state
 * @param {number|null} [pain]
 */
function hand(state, pain = null) {
  if (draft.wasTaken) practice.hand(drafted);
  drafted = [];
  draft.drop();
  const facts = practice.hand(practice.draft(state, pain));
  if (facts.length) box.add(facts);
  if (facts.some(isWork)) forget();
}

/** What would be true if the page ended now: the movement was interrupted. */
const ifEndedNow = () => step(data.cues, player, { event: "stop", reason: "interrupted" }, Date.now());

function keepDraft() {
  if (draft.wasTaken) practice.hand(drafted);
  aliveAt = Date.now();
  drafted = practice.draft(ifEndedNow());
  draft.save(drafted.map(({ fact }) => fact));
}

function thanks() {
  at("early").hidden = player.reason !== "enough";
  const milestone = document.getElementById("milestone");
  if (milestone) milestone.hidden = player.reason !== null;
  stage("thanks");
  at("written").textContent = data.words.writing;
  box.standing();
}

function hurt() {
  const movement = data.movements[cueAt(data.cues, player.position_ms).exercise];
  at("seated").hidden = !movement.seated;
  if (movement.seated) {
    const link = /** @type {HTMLAnchorElement} */ (at("seated-link"));
    link.href = movement.seated.url;
    link.textContent = movement.seated.name;
  }
  stage("hurt");
}

/** Ten minutes later, if the screen is still lit; much later the answer would be about something else. */
function askAgain() {
  const since = Date.now() - endedAt;
  if (asked || document.body.dataset.stage !== "thanks" || document.hidden) return;
  if (!relief || player.reason === "hurt" || since < ASK_AGAIN_MS || since > ASK_UNTIL_MS) return;
  asked = true;
  at("later").hidden = false;
  announce(data.words.later);
}

/** @type {Record<string, (rating: number) => void>} */
const answers = {
  before: (rating) => begin({ before: rating }),
  after: (rating) => { box.add([relief({ after: rating })]); forget(); thanks(); },
  pain: (rating) => { hand(player, rating); thanks(); },
  later: (rating) => { box.add([relief({ after_10_min: rating })]); at("later").hidden = true; thanks(); },
};

const taps = {
  start,
  "skip-before": () => begin({}),
  "skip-after": thanks,
  "skip-pain": thanks,
  back: () => happen({ event: "back" }),
  pause: pauseOrGoOn,
  skip: () => happen({ event: "skip" }),
  hurts: () => stop("hurt"),
  close: () => stop("enough"),
  sound: () => {
    track.asked();
    hush();
    track.follow(data.cues, player, sounds());
  },
  dark: () => darken(true),
  light: () => darken(false),
};

const lockScreen = {
  play: () => stands(player) && pauseOrGoOn(),
  pause: () => player.phase === "playing" && pauseOrGoOn(),
  nexttrack: taps.skip,
  previoustrack: taps.back,
  stop: taps.close,
};
const track = sound({ name: at("player-title").textContent ?? "", taps: lockScreen, held: lockScreen.pause });

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  if (!button) return;
  if (button.dataset.rating) answers[button.dataset.asks ?? ""](Number(button.dataset.rating));
  else if (Object.hasOwn(taps, button.id)) taps[/** @type {keyof typeof taps} */ (button.id)]();
});

/** @type {Record<string, () => void>} */
const keys = { " ": pauseOrGoOn, ArrowRight: taps.skip, ArrowLeft: taps.back, Escape: () => (isDark() ? taps.light : taps.close)() };

/** Space belongs to the control that the keyboard stands on; anywhere else, and in the dark, it pauses. */
const isForControl = (/** @type {KeyboardEvent} */ { key, target }) =>
  key === " " && !isDark() && target instanceof Element && target.matches("button:focus-visible");

/** @param {KeyboardEvent} event */
function key(event) {
  const wanted = document.body.dataset.stage === "player" && keys[event.key];
  if (!wanted || event.altKey || event.ctrlKey || event.metaKey || isForControl(event)) return;
  event.preventDefault();
  if (event.type === "keydown" && !event.repeat) wanted();
}

document.addEventListener("keydown", key);
document.addEventListener("keyup", key);

/** The page may never come back: what was done until now is handed on; going on later replaces it. */
function leave() {
  if (underWay(player)) hand(ifEndedNow());
}

function comeBack() {
  if (document.hidden) return leave();
  if (player.phase !== "ready") happen({ event: "tick" });
  if (ended(player)) askAgain();
}

document.addEventListener("visibilitychange", comeBack);
// A page that was frozen, or kept in the browser's memory, finds itself at the right second too.
document.addEventListener("resume", comeBack);
window.addEventListener("pageshow", (event) => event.persisted && comeBack());
window.addEventListener("pagehide", () => {
  leave();
  box.farewell();
});

/** @type {HTMLFieldSetElement} */ (at("ready")).disabled = false;
const again = data.lot && kept(data.lot);
if (again) take(again);
