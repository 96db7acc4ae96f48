// Parts of a page that its own templates made, so that they are there.

/** @param {string} id */
export const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {ParentNode} within
 * @param {string} selector
 */
export const one = (within, selector) => /** @type {HTMLElement} */ (within.querySelector(selector));

/**
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (within, selector) => [...within.querySelectorAll(selector)].map((each) => /** @type {HTMLElement} */ (each));

/**
 * @param {ParentNode} within
 * @param {string} name of the field
 * @returns {HTMLInputElement[]}
 */
export const fields = (within, name) =>
  all(within, `[name=${name}]`).map((each) => /** @type {HTMLInputElement} */ (each));

/**
 * What stands in each field of a form, empty where nothing does.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export const answersOf = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
