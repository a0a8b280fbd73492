// Opens the pages of acts in place, on the page of a guide, and refreshes it once an act is done.
// Without this file they are pages of their own.
"use strict";

const REPLACED = "page:replaced"; // the event after which the page has other content

const actPlace = document.createElement("div"); // where the act that is open shows
actPlace.className = "act-in-place";
const heard = document.createElement("p"); // says what was done to people who hear the page
heard.className = "visually-hidden";
heard.setAttribute("role", "status");
/** @type {HTMLElement|null} The link or the button that has opened the act. */
let actOpener = null;
let isOpenedByKey = false;
let lastAnchor = ""; // the id of what was last changed, where whoever undoes it goes on

/** @param {Response} response */
async function readPage(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** @param {Element} act */
function showAct(act) {
  if (!actPlace.isConnected) (actOpener?.closest(".act-place") ?? actOpener?.parentElement)?.append(actPlace);
  actPlace.replaceChildren(act);
  // The message about the act before must look neither like the result of this one nor, once this one is
  // given up, like the last change: the page says what that was.
  if (act.querySelector(".not-yet")) document.querySelector(".messagelist")?.remove();
  /** @type {HTMLElement|null} */
  const first =
    act.querySelector("[autofocus]") ?? act.querySelector(".act-sentence, input:not([type=hidden])");
  first?.focus();
  actPlace.scrollIntoView({ block: "nearest" });
}

/** Returns false if the editor keeps what is typed in the act that is open. */
function mayCloseAct() {
  return !actPlace.isConnected || !hasUnsavedChanges() || confirm("Renoncer à ce que vous avez saisi\u00a0?");
}

/** @param {HTMLAnchorElement} link */
async function openAct(link) {
  if (!mayCloseAct()) return;
  const response = await fetch(link.href).catch(() => null);
  const act = response && (await readPage(response)).querySelector(".act");
  if (!act) return location.assign(link.href);
  openPlace(link);
  showAct(act);
}

/** @param {HTMLElement|null} control */
function openPlace(control) {
  actPlace.remove();
  actOpener = control;
}

function closeAct() {
  actPlace.remove();
  actOpener?.focus();
}

/** @param {HTMLFormElement} form @param {HTMLElement|null} button */
async function sendAct(form, button) {
  form.inert = true; // a second click sends nothing
  const address = button?.getAttribute("formaction") ?? form.action;
  const body = new FormData(form, button);
  const response = await fetch(address, { method: "POST", body }).catch(() => null);
  const page = response && (await readPage(response));
  const act = page?.querySelector(".act");
  form.inert = false;
  if (act) return showAct(act);
  if (page?.getElementById("parcours")) return replacePage(page, String(response?.url));
  form.dataset.plain = ""; // whatever this is, it shows as a page of its own
  form.requestSubmit(button);
}

/**
 * Returns what identifies something that folds on this page and on the next; nothing if it has no name.
 * @param {Element} fold
 */
function nameOfFold(fold) {
  return fold.id || fold.querySelector("[id]")?.id;
}

/**
 * Returns what leads on from a dead end, for whoever has just led another one on: at the same stop or,
 * with the keyboard, anywhere.
 * @param {HTMLElement|null} target
 * @returns {HTMLElement|null|undefined}
 */
function findNextDeadEnd(target) {
  if (!actOpener?.matches(".new")) return null;
  return (
    target?.closest(".stop")?.querySelector(".new") ?? (isOpenedByKey ? document.querySelector(".new") : null)
  );
}

/** Shows a fresh page of the guide, with the same folds open. @param {Document} page @param {string} address */
function replacePage(page, address) {
  const anchor = new URL(address).searchParams.get("voir") ?? lastAnchor;
  const { scrollY } = window;
  lastAnchor = anchor;
  const wereOpen = new Map(
    [...document.querySelectorAll("details")].map((fold) => [nameOfFold(fold), fold.open]),
  );
  for (const fold of page.querySelectorAll("details")) {
    const isSought = fold.querySelector(`[id="${CSS.escape(anchor)}"]`) !== null;
    const name = nameOfFold(fold);
    const wasOpen = name ? wereOpen.get(name) : undefined;
    fold.open = isSought || (wasOpen ?? fold.open);
  }
  actPlace.remove();
  document.getElementById("content-start")?.replaceWith(page.getElementById("content-start") ?? "");
  document.dispatchEvent(new Event(REPLACED));
  heard.textContent = document.querySelector(".messagelist")?.textContent ?? "";
  const target = document.getElementById(anchor);
  const focused = findNextDeadEnd(target) ?? (target?.matches("a") ? target : target?.querySelector("a"));
  (focused ?? document.getElementById("content-start"))?.focus({ preventScroll: true });
  window.scrollTo(0, scrollY);
  (focused ?? target)?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("DOMContentLoaded", () => document.body.append(heard));
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  isOpenedByKey = event.detail === 0;
  if (link.matches(".act-link")) openAct(link);
  else if (link.matches(".act-in-place .act-cancel")) closeAct();
  else return;
  event.preventDefault();
});
document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || "plain" in form.dataset) return;
  const isNow = form.matches(".act-now");
  if (!isNow && !actPlace.contains(form)) return;
  event.preventDefault();
  if (form.inert) return; // the button that undoes stands outside its form
  if (isNow && !mayCloseAct()) return;
  if (isNow) openPlace(button ?? form.closest(".stop")?.querySelector("summary") ?? form);
  sendAct(form, button);
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && actPlace.contains(document.activeElement) && mayCloseAct()) closeAct();
});
