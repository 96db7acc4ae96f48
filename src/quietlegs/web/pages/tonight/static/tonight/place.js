// The place is asked for on a tap alone, and rounded before it is shown, let alone sent.

const button = /** @type {HTMLButtonElement} */ (document.getElementById("here"));
const said = /** @type {HTMLElement} */ (document.getElementById("here-said"));

/**
 * @param {string} id
 * @param {number} degrees
 */
function fill(id, degrees) {
  /** @type {HTMLInputElement} */ (document.getElementById(id)).value = degrees.toFixed(1);
}

/** @param {GeolocationPosition} found */
function found({ coords }) {
  fill("latitude", coords.latitude);
  fill("longitude", coords.longitude);
  /** @type {HTMLInputElement} */ (document.getElementById("city")).value = "";
  said.textContent = said.dataset.done ?? "";
}

const notFound = () => {
  said.textContent = said.dataset.not ?? "";
};

if ("geolocation" in navigator && window.isSecureContext) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(found, notFound, { enableHighAccuracy: false, timeout: 15_000 });
  });
}
