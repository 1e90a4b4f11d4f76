// Loads a page again while something on it is being made: data-reload says after how many seconds.
const waiting = document.querySelector("[data-reload]");
if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.reload) * 1000);
