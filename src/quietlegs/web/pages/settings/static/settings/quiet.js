// Quiet hours belong to this device: they are kept here, and nothing of them goes into the diary.

/** @typedef {"from"|"until"} End */

const status = document.getElementById("quiet-kept");

/** @param {End} end */
const keyOf = (end) => `quietlegs.quiet.${end}`;

/** @param {End} end */
function held(end) {
  try {
    return localStorage.getItem(keyOf(end));
  } catch {
    return null;
  }
}

/**
 * Keeps an hour; an emptied field goes back to the usual one.
 * @param {End} end
 * @param {string} hour such as "22:00"
 */
function keep(end, hour) {
  try {
    if (hour) localStorage.setItem(keyOf(end), hour);
    else localStorage.removeItem(keyOf(end));
    return true;
  } catch {
    return false;
  }
}

/** @param {End} end */
function offer(end) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(`quiet-${end}`));
  const usual = field.defaultValue;
  field.value = held(end) ?? usual;
  field.disabled = false;
  field.addEventListener("change", () => {
    const kept = keep(end, field.value);
    if (!kept || !field.value) field.value = held(end) ?? usual;
    if (status) status.textContent = (kept ? status.dataset.kept : status.dataset.notKept) ?? "";
  });
}

offer("from");
offer("until");
