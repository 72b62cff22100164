// Shows the passkey forms where the browser knows passkeys, and says so when one could not be used.
// The ceremony itself is allauth's (mfa/js/webauthn.js).
const known = "PublicKeyCredential" in window;

for (const form of document.querySelectorAll("[data-passkey]")) form.hidden = !known;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.querySelector("[data-passkey-error]");
  if (words) words.hidden = false;
});
