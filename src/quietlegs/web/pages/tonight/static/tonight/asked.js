// What takes the server a moment to find out is asked for once the page stands, and comes below what is read first.

const place = /** @type {HTMLElement|null} */ (document.querySelector("[data-asks]"));

/** @param {HTMLElement} here */
async function ask(here) {
  try {
    const answer = await fetch(here.dataset.asks ?? "");
    if (answer.status !== 200 || answer.redirected) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    here.replaceChildren(...told.body.children);
  } catch {
    // Without a network nothing is said here; the page of what works says it too.
  }
}

if (place) await ask(place);
