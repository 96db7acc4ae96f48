// The one button of a sheet: it asks the browser to print, and is there only where that can be asked.

const button = /** @type {HTMLButtonElement} */ (document.getElementById("print"));
button.hidden = false;
button.addEventListener("click", () => print());
