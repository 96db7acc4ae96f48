// The entries that wait on this device, in plain words; sent now, saved to a file, or, where refused, removed.

import { at } from "../frame/found.js";
import { outbox } from "../frame/outbox.js";

/** @typedef {import("../frame/fact.js").Fact} Fact */

const words = JSON.parse(at("waiting-words").textContent ?? "{}");
const url = document.getElementById("unsent")?.dataset.url ?? "";
const box = outbox({ url, tell: show });
/** @type {Awaited<ReturnType<typeof box.held>>} */
let held = { waiting: [], refused: [] };
let state = "";

async function show() {
  held = await box.held();
  at("waiting").replaceChildren(...held.waiting.map((fact) => entry(fact)));
  at("refused").replaceChildren(...held.refused.map(refusal));
  at("some").hidden = !held.waiting.length;
  at("left").hidden = !held.refused.length;
  at("acts").hidden = !held.waiting.length && !held.refused.length;
  say(held.waiting.length || held.refused.length ? state : state && words.all_sent || words.nothing);
}

/** @param {string} what */
function say(what) {
  if (at("state").textContent !== what) at("state").textContent = what;
}

/** @param {Fact} fact */
function entry(fact) {
  const item = document.createElement("li");
  const [what, when] = [document.createElement("p"), document.createElement("small")];
  what.textContent = [words.kinds[fact.kind] ?? words.other, rated(fact)].filter(Boolean).join(": ");
  when.textContent = dated(fact);
  what.className = "entry";
  item.className = "kept-here";
  what.append(document.createElement("br"), when);
  item.append(what);
  return item;
}

/** @param {Fact} fact */
function rated({ payload }) {
  const n = payload?.after_10_min ?? payload?.after ?? payload?.before ?? payload?.severity;
  return Number.isInteger(n) ? words.rated.replace("{n}", n) : "";
}

/** As the clock on the wall showed it then, wherever the phone is now. @param {Fact} fact */
function dated({ wall, night }) {
  const { lang } = document.documentElement;
  /** @type {(text: string, how: Intl.DateTimeFormatOptions) => string} */
  const tell = (text, how) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...how, timeZone: "UTC" }).format(new Date(text));
  try {
    const when = tell(`${wall}Z`, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    return words.noted.replace("{when}", when).replace("{night}", tell(night, { weekday: "short", day: "numeric", month: "short" }));
  } catch {
    return words.undated;
  }
}

/** @param {import("../frame/outbox.js").Refused} refused */
function refusal({ id, fact, problems }) {
  const item = entry(fact);
  const [why, remove] = [document.createElement("p"), document.createElement("button")];
  why.className = "entry";
  why.textContent = words.why.replace("{why}", problems.join("; "));
  remove.type = "button";
  remove.textContent = words.remove;
  remove.addEventListener("click", async () => {
    if (remove.textContent === words.really) return box.forget([id]);
    remove.textContent = words.really;
  });
  item.append(why, remove);
  return item;
}

async function send() {
  state = words.sending;
  say(state);
  await box.again();
  await box.flush();
  state = words.not_now;
  await show();
}

/** In the form that the diary takes in: a list of facts. */
function save() {
  const facts = [...held.waiting, ...held.refused.map(({ fact }) => fact)];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(facts, null, 1)], { type: "application/json" }));
  link.download = `${words.file}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

at("send").addEventListener("click", send);
at("save").addEventListener("click", save);
box.standing();
