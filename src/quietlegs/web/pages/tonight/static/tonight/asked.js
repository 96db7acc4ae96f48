// What takes the server a moment to find out is asked for once the page stands, and comes below what is read first.
import { fetched } from "../frame/fetched.js";

const place = /** @type {HTMLElement|null} */ (document.querySelector("[data-asks]"));
// Without a network nothing is said here; the page of what works says it too.
const told = place && (await fetched(place.dataset.asks ?? ""));

if (place && told) place.replaceChildren(...told.body.children);
