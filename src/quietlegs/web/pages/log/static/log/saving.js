// From a tap to this device's disk and on to the diary, and what is said of it: never sooner than it is true.

import { outbox } from "../frame/outbox.js";
import { page, remember } from "./noted.js";

/**
 * @typedef {import("../frame/fact.js").Fact} Fact
 * @typedef {{made: Fact, before: Fact|null}} Saved what was made, and what held before it
 */

const token = /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]")).value;

/** @type {((words: string) => void)|null} */
let tellLast = null;

/** @param {import("../frame/outbox.js").Standing} standing */
function tell({ waiting, problems }) {
  if (!tellLast) return;
  if (problems.length) tellLast(`${page.words.refused} ${problems.join("; ")}`);
  else if (!waiting) tellLast(page.words.written);
  if (!waiting) document.dispatchEvent(new CustomEvent("written"));
}

const box = outbox({ url: page.facts_url, token, tell });

/**
 * Keeps facts, and says so once they are on this device's disk; more is said when the diary has them.
 * @param {Fact[]} facts
 * @param {(words: string) => void} say
 * @param {() => string} lead words that come first, such as what was tapped
 */
export async function save(facts, say, lead = () => "") {
  tellLast = null;
  remember(facts);
  const place = await box.add(facts);
  const led = lead();
  say(led + (place === "page" ? document.getElementById("unsent")?.dataset.nothingKept : page.words.on_phone));
  tellLast = (words) => say(led + words);
  // This very page knows of them; only others have grown old.
  document.dispatchEvent(new CustomEvent("noted"));
  box.standing();
}

window.addEventListener("pagehide", box.farewell);
