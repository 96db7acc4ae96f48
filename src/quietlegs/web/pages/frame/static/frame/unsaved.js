// A tap that did not reach the diary says so, beside the buttons, and can be sent again.

const SILENT = "The program does not answer. Is it still running?";

/**
 * @typedef {CustomEvent<{xhr: XMLHttpRequest, requestConfig?: {triggeringEvent?: SubmitEvent}}>} Sent an event of htmx
 * @typedef {HTMLButtonElement|undefined} Submitter the button that was tapped
 */

/**
 * The reason on the page that the server answered with, in its own words.
 * @param {XMLHttpRequest} xhr
 */
function reason(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText || "", "text/html");
  return [...page.querySelectorAll("main p:not(:has(a))")].map((said) => said.textContent).join(" ") || SILENT;
}

/** @param {HTMLFormElement} form */
function clear(form) {
  form.querySelector(".unsaved")?.remove();
}

/**
 * @param {HTMLFormElement} form
 * @param {Submitter} submitter
 */
function again(form, submitter) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", () => (submitter ? submitter.click() : form.requestSubmit()));
  return button;
}

/**
 * @param {HTMLFormElement} form
 * @param {Submitter} submitter
 */
function press(form, submitter) {
  for (const button of form.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  if (submitter?.name) submitter.setAttribute("aria-pressed", "true");
}

/** @param {Event} event */
const formOf = ({ target }) => (target instanceof Element ? target.closest("form") : null);

/** @param {Sent} event */
const submitterOf = ({ detail }) => /** @type {Submitter} */ (detail.requestConfig?.triggeringEvent?.submitter ?? undefined);

/** @param {Event} happened */
function tell(happened) {
  const event = /** @type {Sent} */ (happened);
  const form = formOf(event);
  if (!form) return;
  const submitter = submitterOf(event);
  clear(form);
  const box = document.createElement("div");
  const words = document.createElement("p");
  box.className = "unsaved";
  words.setAttribute("role", "alert");
  const what = submitter?.value ? `Not written down: ${submitter.value} of 10.` : "This was not done.";
  words.textContent = `${what} ${event.type === "htmx:responseError" ? reason(event.detail.xhr) : SILENT}`;
  box.append(words, again(form, submitter));
  form.append(box);
  box.scrollIntoView({ block: "center" });
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:swapError"]) {
  document.addEventListener(name, tell);
}

// What was tapped is seen at once, however slow the answer is.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event);
  if (!form) return;
  clear(form);
  press(form, submitterOf(/** @type {Sent} */ (event)));
});
