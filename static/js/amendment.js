// The rich text field of a change, once the page is usable; not where the device asks to save data.
const line = navigator.connection;
const isSparing = line?.saveData || /2g/.test(line?.effectiveType) || matchMedia("(prefers-reduced-data: reduce)").matches;
const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));

if (!isSparing) idle(() => import("./composer-rich.js").catch(() => {}));
