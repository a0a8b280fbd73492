// Browsers keep the pages that someone fills in, and Back shows them as they were.
"use strict";

const LEFT_AT = "left-at"; // the name, in the browser's storage, of the time of the last logout
const openedAt = Date.now();

// After a logout, a page that was kept is asked for again instead, which leads to the login.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted || Number(localStorage.getItem(LEFT_AT)) <= openedAt) return;
  stopAsking(); // of unsaved.js: the login asks for no confirmation
  location.reload();
});

// Someone who comes back to a form that has added a part is told so, and which part it was.
const SENT_FORM = "sent-form"; // the name, in the storage of the tab, of the id of the last form sent

/** @typedef {{ address: string, name: string }} AddedPart */

document.addEventListener("DOMContentLoaded", () => {
  const sentForm = sessionStorage.getItem(SENT_FORM);
  sessionStorage.removeItem(SENT_FORM);
  /** @type {HTMLAnchorElement|null} */
  const link = document.querySelector(".messagelist .saved-part");
  if (sentForm && link) {
    sessionStorage.setItem(sentForm, JSON.stringify({ address: link.href, name: link.textContent }));
  }
});

window.addEventListener("pageshow", () => {
  const added = sessionStorage.getItem(history.state?.sentForm ?? "");
  const content = document.getElementById("content-main");
  if (!added || !content || content.querySelector(".already-added")) return;
  /** @type {AddedPart} */
  const { address, name } = JSON.parse(added);
  const note = document.createElement("p");
  const link = document.createElement("a");
  note.className = "check already-added";
  note.setAttribute("role", "status");
  link.href = address;
  link.textContent = name;
  note.append("Déjà enregistré\u00a0: ", link, ". Enregistrer de nouveau ajouterait une copie.");
  content.prepend(note);
  markAsSent(shownControls());
  stopAsking();
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (location.pathname.endsWith("/add/") && !event.defaultPrevented) {
    const sentForm = `${SENT_FORM}-${Date.now()}`;
    history.replaceState({ sentForm }, "");
    sessionStorage.setItem(SENT_FORM, sentForm);
  }
  if (form.id === "logout-form") localStorage.setItem(LEFT_AT, String(Date.now()));
  // Firefox keeps no page whose form is sent to the address of the page itself. The address is that
  // of the button, because chromium fills a form again only if the form has the same address as before.
  const address = location.href.split("#")[0];
  const isLonger = /[?&]$/.test(address);
  const other = isLonger ? address.slice(0, -1) : address + (address.includes("?") ? "&" : "?");
  if (button && !form.hasAttribute("action") && !button.hasAttribute("formaction")) {
    button.setAttribute("formaction", other);
  }
});
