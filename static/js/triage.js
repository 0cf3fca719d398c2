// The inbox by keyboard. Every decision can be made without this file.

const said = document.querySelector("#said");
const say = (words) => said && (said.textContent = words);
const boxes = () => [...document.querySelectorAll('.triage input[name="evidence"]')];

// How many are selected; a press of one key then decides on all of them.
function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-selected]")) place.textContent = chosen;
  return chosen;
}

document.addEventListener("change", (event) => {
  if (event.target.matches('[name="evidence"], [data-ticks="evidence"]')) say(`${count()} selected.`);
  if (event.target.matches('.triage-bar [name="stance"], .suggestion [name="stance"]')) say(event.target.dataset.keyLabel);
});
document.addEventListener("htmx:afterSettle", count);

// A digit chooses the credibility, and leads on to the button that accepts.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-digits]") || !/^[1-6]$/.test(event.key)) return;
  event.preventDefault();
  event.target.value = event.key;
  say(`Credibility ${event.target.selectedOptions[0].text}`);
  event.target.form.querySelector('[data-key="a"]').focus();
}, true);

// An open menu is read from its first choice on; closed by Esc it gives the focus back.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("form details.menu")) return;
  if (menu.open) menu.querySelector("button").focus();
  else if (menu.contains(document.activeElement) || document.activeElement === document.body) menu.querySelector("summary").focus();
}, true);

// Another reason than the known ones is written first; Enter in the note then rejects for it.
let asking = null;
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-needs-note]");
  const note = button?.form.elements.note;
  if (!note || note.value.trim()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  asking = button;
  note.focus();
  say("Write why in the note, then press Enter.");
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "note" || asking?.form !== event.target.form) return;
  event.preventDefault();
  asking.click();
  asking = null;
}, true);

// What was put back holds the focus, so that it is decided on anew.
document.addEventListener("htmx:afterSettle", () => {
  const back = document.querySelector("[data-takes-focus]");
  if (!back) return;
  back.removeAttribute("data-takes-focus");
  back.focus();
});
