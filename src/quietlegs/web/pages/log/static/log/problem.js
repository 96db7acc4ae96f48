// What cannot be written down, said before it is sent: the place, what stands there, and what does fit.

import { page } from "./noted.js";

/**
 * @param {import("./entry.js").Problem} problem
 * @param {HTMLFormElement} form
 */
export function complaint({ place, value, allowed }, form) {
  const field = form.elements.namedItem(place);
  if (field instanceof HTMLElement) show(field);
  const words = allowed.after ? page.words.after : "low" in allowed ? page.words.range
    : place === "unit" ? page.words.units : page.words.name;
  /** @type {Record<string, string|number|undefined>} */
  const told = { place: called(form, place), value, ...allowed, after: allowed.after && called(form, allowed.after) };
  return words.replace(/\{(\w+)\}/g, (_, name) => String(told[name] ?? "")).replace(/ +/g, " ");
}

/**
 * What a person calls the field.
 * @param {HTMLFormElement} form
 * @param {string} place
 */
function called(form, place) {
  const field = form.elements.namedItem(place);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return place;
  return field.labels?.[0]?.textContent.trim() ?? field.getAttribute("aria-label") ?? place;
}

/** @param {HTMLElement} field */
function show(field) {
  for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  field.focus();
}
