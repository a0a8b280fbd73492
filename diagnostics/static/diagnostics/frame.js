// In a frame of another site (integration.js): tells it how high the page is, and opens what is
// elsewhere in a new tab, as most sites refuse to be framed; so does a whole class, whose bars and
// dialog need a window of their own. Anywhere else it does nothing.
"use strict";

if (window.parent !== window) {
  const page = document.documentElement;

  new ResizeObserver(() => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    window.parent.postMessage({ type: "pix-diagnostic", height }, "*"); // a height is no secret
  }).observe(page);

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^=http], a[href$='/classe/']");
    if (link && (link.origin !== location.origin || link.pathname.endsWith("/classe/"))) link.target = "_blank";
  });

  document.querySelector("[autofocus]")?.focus(); // which browsers do not heed in a frame
}
