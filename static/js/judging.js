// Judging by keyboard, and the draft that is kept. Everything can be done without this file.

// What is written when the page is left at once is kept too.
const form = document.querySelector("#judging");
let pending = false;
form?.addEventListener("input", () => (pending = true));
form?.addEventListener("submit", () => (pending = false));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.id === "saved" && event.detail.successful) pending = false;
});
addEventListener("pagehide", () => {
  const line = document.querySelector("#saved");
  if (pending && line) navigator.sendBeacon(line.getAttribute("hx-post"), new FormData(form));
});

// A sheet that is opened by its key is written in at once.
document.addEventListener("toggle", (event) => {
  const sheet = event.target;
  if (!sheet.matches?.("[data-opens-by]") || !sheet.open) return;
  sheet.querySelector("input:not([type=hidden])").focus();
}, true);
