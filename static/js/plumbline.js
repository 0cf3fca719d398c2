// Conveniences for the keyboard. Every page works without this file.

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])";
const isTyping = (element) => element instanceof Element && element.matches(TYPING);
const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(isShown);

/** The item of a list that holds the focus, if any. */
const currentItem = () => document.activeElement?.closest("[data-item]");

/** The control a key stands for: first in what takes keys first while it is shown, such as an open menu;
    then within the current item, then anywhere on the page. */
function controlFor(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  for (const place of all("[data-keys-first]").reverse()) {
    const control = all(selector, place)[0];
    if (control) return control;
  }
  const item = currentItem() ?? all("[data-item]")[0];
  return (item && all(selector, item)[0]) ?? all(selector).find((one) => !one.closest("[data-item]"));
}

function use(control) {
  if (control.matches("input:not([type=radio], [type=checkbox]), textarea, select")) control.focus();
  else control.click();
}

/** Moves the focus to the next or previous item of a list; says whether there was one. */
function step(by) {
  const items = all("[data-item]");
  if (!items.length) return false;
  const at = items.indexOf(currentItem());
  const next = items[at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1)];
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/** What a control is called on screen, without the key printed beside it. */
function nameOf(control) {
  const source = control.labels?.[0] ?? control;
  if (control.dataset.keyLabel || control.ariaLabel) return control.dataset.keyLabel || control.ariaLabel;
  const copy = source.cloneNode(true);
  copy.querySelectorAll("kbd, small, svg").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function keyList() {
  const rows = new Map();
  if (all("[data-search]").length) rows.set("/", "Search");
  if (all("[data-item]").length > 1) rows.set("j", "Next in the list").set("k", "Previous in the list");
  for (const control of all("[data-key]")) {
    if (!rows.has(control.dataset.key)) rows.set(control.dataset.key, nameOf(control));
  }
  return rows.set("?", "This list");
}

function showKeys() {
  const dialog = document.querySelector("#keys");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("dl");
  list.replaceChildren();
  for (const [key, name] of keyList()) {
    const [term, sign, text] = ["dt", "kbd", "dd"].map((tag) => document.createElement(tag));
    sign.textContent = key;
    text.textContent = name;
    term.append(sign);
    list.append(term, text);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    // Out of a field, so that the keys of the page work again.
    if (isTyping(event.target)) event.target.blur();
    return closeMenus();
  }
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (handle(event.key)) event.preventDefault();
});

function handle(key) {
  const control = controlFor(key);
  if (control) return use(control), true;
  if (key === "?") return showKeys(), true;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  const search = key === "/" && all("[data-search]")[0];
  if (search) search.select();
  return Boolean(search);
}

// The words of a text that the focused card is about are marked with it, and brought into view.
document.addEventListener("focusin", () => {
  const id = currentItem()?.id;
  const about = id && document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"]`);
  document.querySelectorAll("mark.is-current").forEach((mark) => mark.classList.remove("is-current"));
  for (const mark of about || []) mark.classList.add("is-current");
  about?.[0]?.scrollIntoView({ block: "nearest" });
});

// Words selected in a text go into the field that asks for exact words, when its link is followed.
// A pointer that goes for the link takes the selection away, so the last one is kept.
let lastSelected = "";
document.addEventListener("selectionchange", () => {
  lastSelected = wordsSelected() || lastSelected;
});

/** The words selected within one paragraph of a text, without the numbers that refer to claims. */
function wordsSelected() {
  const selection = document.getSelection();
  const paragraph = selection.anchorNode?.parentElement?.closest("[data-text] p");
  if (selection.isCollapsed || !paragraph?.contains(selection.focusNode)) return "";
  const copy = document.createElement("div");
  copy.append(selection.getRangeAt(0).cloneContents());
  copy.querySelectorAll("a.ref").forEach((number) => number.remove());
  return copy.textContent.trim();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-takes-selection]");
  const field = link && document.querySelector(link.dataset.takesSelection);
  if (!field) return;
  field.value = wordsSelected() || lastSelected || field.value;
  setTimeout(() => field.focus());
});

// Asks before what cannot be undone; in the capture phase, so that htmx waits for the answer too.
function ask(event) {
  const element = event.target.closest?.("[data-confirm]");
  if (!element || (element.matches("form") && event.type !== "submit")) return;
  if (window.confirm(element.dataset.confirm)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
document.addEventListener("click", ask, true);
document.addEventListener("submit", ask, true);

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));

// Typing that was not sent yet is not lost unasked, whichever other form or link is used. A form that
// came back from the server unaccepted says so with data-unsaved="changed".
let unsaved = Boolean(document.querySelector('form[data-unsaved="changed"]'));
for (const happened of ["input", "change"]) {
  document.addEventListener(happened, (event) => {
    // Also fields that stand elsewhere and belong to it by their form attribute.
    if (event.target.form?.matches("[data-unsaved]")) unsaved = true;
  });
}
window.addEventListener("beforeunload", (event) => {
  if (!unsaved) return;
  event.preventDefault();
  // Whoever stays finds the form that was on its way as it was.
  setTimeout(nothingIsSent);
});

// A form that is on its way says so until the answer is there; going back to it finds it as it was.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.matches("[data-unsaved]")) unsaved = false;
  event.target.toggleAttribute("data-sending", true);
});
window.addEventListener("pageshow", nothingIsSent);

function nothingIsSent() {
  document.querySelectorAll("[data-sending]").forEach((form) => form.removeAttribute("data-sending"));
}

// A file that is too large is refused before it is sent.
document.addEventListener("change", (event) => {
  const most = Number(event.target.dataset?.maxBytes);
  if (!most) return;
  const large = [...event.target.files].find((file) => file.size > most);
  event.target.setCustomValidity(large ? `${large.name} is larger than ${most / 2 ** 20} MB.` : "");
  event.target.reportValidity();
});

// When htmx has drawn a decided item anew, the focus goes on to the next: to the one that moved into
// its place, or, where the item stays in the list (and htmx has given it the focus back), to the one
// after it. What a page asks for by itself moves nothing.
let ahead = [];
let polled = false;
let drawn = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const items = all("[data-item]");
  polled = event.target.matches("[data-polls]");
  drawn = event.target.matches("[data-item]") ? event.target.id : "";
  ahead = items.slice(Math.max(items.indexOf(currentItem()), 0));
});
document.addEventListener("htmx:afterSettle", () => {
  const items = all("[data-item]");
  const focused = document.activeElement;
  if (polled || !items.length || (focused !== document.body && focused.id !== drawn)) return;
  // What was drawn anew is another element than before.
  const next = ahead.find((item) => item.isConnected) ?? items.at(-1);
  next.tabIndex = -1;
  next.focus();
});

// One box ticks or clears all of its name.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.ticks;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)) box.checked = event.target.checked;
});

// What is wrong with a form is read first, wherever on the page it stands.
document.querySelector(".notice.error[tabindex]")?.focus();
