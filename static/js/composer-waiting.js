// What is written on this device and not on the portal yet, on the page of one's news.
import { all, drop } from "./composer-store.js";

const place = document.querySelector("[data-waiting]");
const pattern = place.querySelector("template");
const found = await all(place.dataset.owner).catch(() => []);
for (const each of found) {
  const row = pattern.content.firstElementChild.cloneNode(true), link = row.querySelector("a");
  link.textContent = each.title || "…";
  link.href = each.path;
  row.querySelector("[data-time]").textContent = new Date(each.at).toLocaleString(document.documentElement.lang);
  row.querySelector("[data-unsent]").hidden = !each.then;
  row.querySelector("[data-drop]").onclick = async () => {
    await drop(each.key);
    row.remove();
    place.hidden = !place.querySelector("li");
  };
  place.querySelector("ul").append(row);
}
place.hidden = !found.length;
