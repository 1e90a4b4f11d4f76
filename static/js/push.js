// Notifications on this device: asks the browser, tells the portal, and shows how it stands.
const place = document.querySelector("[data-push]");
const isAble = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function show(state) {
  for (const part of place.querySelectorAll("[data-push-state]")) part.hidden = part.dataset.pushState !== state;
}

// base64url, as browsers and the portal write keys.
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytes = (words) => Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

async function mark(endpoint) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

async function lineOf(subscription) {
  return subscription && place.querySelector(`[data-device="${await mark(subscription.endpoint)}"]`);
}

async function showHowItStands() {
  const line = await lineOf(await current());
  if (Notification.permission === "denied") return show("denied");
  if (!line) return show("off");
  line.querySelector("[data-push-here]").hidden = false;
  line.querySelector("[data-push-off]").addEventListener("submit", turnOff);
  return show("on");
}

async function subscribe() {
  await navigator.serviceWorker.register(place.dataset.worker, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  const isOurs = old && text(old.options.applicationServerKey ?? []) === place.dataset.key;
  if (isOurs) return old;
  await old?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(place.dataset.key) });
}

async function turnOn(event) {
  event.preventDefault();
  const form = event.target;
  try {
    if (await Notification.requestPermission() !== "granted") return await showHowItStands();
    const { endpoint, keys } = (await subscribe()).toJSON();
    const said = new FormData(form);
    for (const [name, value] of Object.entries({ endpoint, ...keys })) said.set(name, value);
    const answer = await fetch(form.action, { method: "POST", body: said });
    if (!answer.ok) throw new Error(answer.status);
    location.reload();
  } catch {
    show("failed");
  }
}

// The portal forgets the device by the form itself; the browser its subscription, whatever comes of that.
function turnOff() {
  current().then((subscription) => subscription?.unsubscribe()).catch(() => {});
}

if (place && isAble) {
  place.querySelector("[data-push-on]").addEventListener("submit", turnOn);
  showHowItStands().catch(() => show("unable"));
}
