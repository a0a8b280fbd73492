// Browsers keep the pages that someone fills in, and Back shows them as they were.
"use strict";

const LEFT_AT = "left-at"; // the name, in the browser's storage, of the time of the last logout
const openedAt = Date.now();

// After a logout, a page that was kept is asked for again instead, which leads to the login.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted || Number(localStorage.getItem(LEFT_AT)) <= openedAt) return;
  stopAsking();
  location.reload();
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
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
