// Passkeys: shows what needs them where the browser knows them, and says when the device refused.
const known = Boolean(window.PublicKeyCredential && navigator.credentials);

for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = !known;
for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = known;

function say(trouble) {
  for (const place of document.querySelectorAll("[data-passkey-trouble]")) place.hidden = !trouble;
}

// allauth's script announces what went wrong, also that somebody closed the dialog.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  say(true);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.('button[id^="passkey-"]')) say(false);
}, true);
