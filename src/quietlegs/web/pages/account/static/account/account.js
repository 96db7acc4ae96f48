// Passkeys, passwords that can be looked at, and going out. What is a secret goes nowhere but into the form it is for.

import { outbox } from "../frame/outbox.js";

/** @typedef {{publicKey: any}} Options as the server writes them: bytes in base64url */

/** @param {string} text */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

/** @param {ArrayBuffer|null} buffer */
function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {{id: string}[]} [listed] */
const known = (listed = []) => listed.map((one) => ({ ...one, id: bytes(one.id) }));

/** @param {Options} options */
async function create({ publicKey }) {
  // Found by the device itself, so that nobody types an address, and opened by a finger, a face or a PIN.
  const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: selection,
    },
  }));
  const answer = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return {
    ...said(made),
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      attestationObject: text(answer.attestationObject),
      transports: answer.getTransports?.() ?? [],
    },
  };
}

/** @param {Options} options */
async function get({ publicKey }) {
  const found = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  }));
  const answer = /** @type {AuthenticatorAssertionResponse} */ (found.response);
  return {
    ...said(found),
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature),
      userHandle: answer.userHandle ? text(answer.userHandle) : null,
    },
  };
}

/** @param {PublicKeyCredential} one */
const said = (one) => ({
  id: one.id,
  rawId: text(one.rawId),
  type: one.type,
  authenticatorAttachment: one.authenticatorAttachment,
  clientExtensionResults: one.getClientExtensionResults(),
});

/** A sign-in asks for its options when it is wanted: the page may have stood open for long. @param {HTMLFormElement} form */
async function asked(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return (await answer.json()).request_options;
}

const given = () => JSON.parse(document.getElementById("passkey-options")?.textContent ?? "{}");

/** @type {Record<string, (form: HTMLFormElement) => Promise<object>>} */
const WAYS = {
  "sign-in": async (form) => get(await asked(form)),
  get: () => get(given().request_options),
  create: () => create(given().creation_options),
};

/** @param {HTMLFormElement} form */
function passkey(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector("#passkey-state"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    state.textContent = window.PublicKeyCredential ? "" : state.dataset.cannot ?? "";
    if (state.textContent) return;
    try {
      const credential = await WAYS[form.dataset.passkey ?? ""](form);
      /** @type {HTMLInputElement} */ (form.elements.namedItem("credential")).value = JSON.stringify(credential);
      form.submit();
    } catch {
      state.textContent = state.dataset.stopped ?? "";
    }
  });
}

/** What waits here stays here, for the account that wrote it; whoever goes hears of it. @param {HTMLFormElement} form */
async function leaving(form) {
  const told = /** @type {HTMLElement} */ (document.getElementById("left-here"));
  const { waiting } = await outbox({ url: "", tell: () => undefined }).held();
  const words = waiting.length === 1 ? told.dataset.one : told.dataset.many?.replace("{n}", String(waiting.length));
  if (waiting.length) /** @type {HTMLElement} */ (told.querySelector("span")).textContent = words ?? "";
  told.hidden = !waiting.length;
  form.addEventListener("submit", () => sessionStorage.clear());
}

/** @param {HTMLElement} button */
function see(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.see ?? ""));
  button.hidden = false;
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    button.setAttribute("aria-pressed", String(field.type === "text"));
  });
}

for (const button of document.querySelectorAll("[data-see]")) see(/** @type {HTMLElement} */ (button));
for (const form of document.querySelectorAll("form")) {
  if (form.dataset.passkey) passkey(form);
  if ("leaving" in form.dataset) leaving(form);
}
