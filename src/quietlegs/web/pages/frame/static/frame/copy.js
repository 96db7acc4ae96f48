// What is shown once is copied by one tap: a long address is no work for a thumb. Without a clipboard the field is left.

/** @param {HTMLButtonElement} button */
function offer(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copies ?? ""));
  const said = /** @type {HTMLElement} */ (button.nextElementSibling);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = button.dataset.copied ?? "";
    } catch {
      // It is selected now: the device's own way to copy is one tap away.
      said.textContent = button.dataset.byHand ?? "";
    }
  });
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    offer(/** @type {HTMLButtonElement} */ (button));
  }
}
