// How far a file has come, asked each second; the page comes anew when that is told in another way.

import { at } from "../frame/found.js";

const EVERY_MS = 1000;
const TENTHS = 10;
const bar = /** @type {HTMLProgressElement} */ (at("come"));
const { url = "", state = "" } = bar.dataset;
let heard = 0;

async function ask() {
  try {
    const answer = await fetch(url);
    const told = await answer.json();
    if (told.state !== state) {
      location.reload();
      return;
    }
    if (bar.hasAttribute("value")) show(told.come, told.said);
  } catch {
    // The server may come back: asked again, as ever.
  }
  setTimeout(ask, EVERY_MS);
}

/** @param {number} come @param {string} said */
function show(come, said) {
  bar.value = come;
  at("said").textContent = said;
  const tenth = Math.floor((TENTHS * come) / bar.max);
  // Who hears the page is told ten times at most.
  if (tenth !== heard) at("heard").textContent = said;
  heard = tenth;
}

setTimeout(ask, EVERY_MS);
