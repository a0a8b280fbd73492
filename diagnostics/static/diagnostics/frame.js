// In a frame of another site (integration.js): tells it how high the page is, and opens what is
// elsewhere in a new tab, as most sites refuse to be framed. Anywhere else it does nothing.
"use strict";

if (window.parent !== window) {
  const page = document.documentElement;

  new ResizeObserver(() => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    window.parent.postMessage({ type: "pix-diagnostic", height }, "*"); // a height is no secret
  }).observe(page);

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^=http]");
    if (link && link.origin !== location.origin) link.target = "_blank";
  });

  document.querySelector("[autofocus]")?.focus(); // which browsers do not heed in a frame
}
