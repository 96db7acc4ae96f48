// A file that is too large is told before it is sent.

import { at } from "../frame/found.js";

const field = /** @type {HTMLInputElement} */ (at("file"));

field.addEventListener("change", () => {
  const size = field.files?.[0]?.size ?? 0;
  field.setCustomValidity(size > Number(field.dataset.most) ? (field.dataset.tooLarge ?? "") : "");
  field.reportValidity();
});
