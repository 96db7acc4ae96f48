// The player's screen: puts a view into the page, touching only what has changed.

import { clock } from "./view.js";
import { at } from "../frame/found.js";

const SMALLEST = 0.3;

/**
 * @param {string} id
 * @param {string} words
 */
function text(id, words) {
  const place = at(id);
  if (place.textContent !== words) place.textContent = words;
}

/**
 * @param {import("./view.js").View} view
 * @param {import("./player.js").Player["phase"]} phase
 * @param {Record<string, string>} words
 */
export function draw(view, phase, words) {
  const stands = phase === "paused" || phase === "waiting";
  text("count", view.count);
  text("counted", view.count ? view.counted : "");
  text("show", view.show);
  at("show").classList.toggle("other", view.other);
  text("breath", view.breath);
  text("left", clock(view.left_s));
  text("side", view.side);
  at("side").classList.toggle("other", view.other);
  at("ring").setAttribute("stroke-dashoffset", String(view.gone));
  text("pause", stands ? words.go_on : words.pause);
  at("breath").hidden = stands;
  at("paused").hidden = phase !== "paused";
  at("waiting").hidden = phase !== "waiting";
  at("picture").classList.toggle("paused", stands);
  breathe(view.widen);
  picture(view.picture);
}

/** @param {number|null} widen */
function breathe(widen) {
  const circle = at("lung");
  circle.classList.toggle("still", widen === null);
  if (widen !== null) circle.style.transform = `scale(${(SMALLEST + (1 - SMALLEST) * widen).toFixed(3)})`;
}

/** @param {string} id */
function picture(id) {
  const place = at("picture");
  if (place.dataset.shown === id) return;
  place.dataset.shown = id;
  const drawn = id ? /** @type {HTMLTemplateElement|null} */ (document.getElementById(id)) : null;
  place.replaceChildren(...(drawn ? [drawn.content.cloneNode(true)] : []));
}

/**
 * Shows one stage and nothing else, and takes the keyboard and the screen reader there.
 * @param {"before"|"drawn"|"player"|"after"|"hurt"|"thanks"} stage
 */
export function stage(stage) {
  document.body.dataset.stage = stage;
  /** @type {NodeListOf<HTMLElement>} */
  const stages = document.querySelectorAll(".stage");
  for (const section of stages) section.hidden = section.id !== stage;
  toFirst();
  window.scrollTo(0, 0);
}

/**
 * Make the whole page black but for a dim way back, or lit again; the keyboard goes along.
 * @param {boolean} dark
 */
export function darken(dark) {
  document.body.toggleAttribute("data-dark", dark);
  at("main").inert = dark;
  at("light").hidden = !dark;
  if (dark) at("light").focus({ preventScroll: true });
  else toFirst();
}

export const isDark = () => document.body.hasAttribute("data-dark");

/** Take the keyboard and the screen reader to where this stage begins. */
function toFirst() {
  const first = document.querySelector(`#${document.body.dataset.stage} [data-first]`);
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
}

/**
 * A screen reader says this, also when it is the same again; nothing moves on the screen.
 * @param {string} words
 */
export function announce(words) {
  const live = at("live");
  live.textContent = live.textContent === words ? `${words}\u00a0` : words;
}

/**
 * What became of the facts: said plainly, never sooner than it is true.
 * @param {Record<string, string>} words
 * @returns {(standing: import("../frame/outbox.js").Standing) => void}
 */
export const written = (words) => ({ waiting, arrived, trying_again, problems, kept }) => {
  const thanks = arrived ? words.written : words.thanks;
  const wait = !trying_again ? words.writing : kept === "page" ? words.waits_here : words.waits;
  const refused = problems.length ? words.refused.replace("{why}", () => problems.join("; ")) : "";
  text("written", [refused, waiting ? wait : refused ? "" : thanks].filter(Boolean).join(" "));
};
