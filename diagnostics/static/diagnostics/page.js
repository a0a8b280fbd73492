// What a script adds to every page.
"use strict";

// A question takes its own address, so that the browser's way back leads from one to the other.
const answer = document.querySelector("[name=choice]");
if (answer) history.replaceState(null, "", answer.form.action);

// In a frame of another site (integration.js): tells it how high the page is, and opens what is
// elsewhere in a new tab, as most sites refuse to be framed; so does a whole class, whose bars and
// dialog need a window of their own.
if (window.parent !== window) {
  const page = document.documentElement;

  new ResizeObserver(() => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    window.parent.postMessage({ type: "pix-diagnostic", height }, "*"); // a height is no secret
  }).observe(page);

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    const isElsewhere = link?.protocol.startsWith("http") && link.origin !== location.origin;
    if (isElsewhere || link?.pathname.endsWith("/classe/")) link.target = "_blank";
  });

  document.querySelector("[autofocus]")?.focus(); // which browsers do not heed in a frame
}
