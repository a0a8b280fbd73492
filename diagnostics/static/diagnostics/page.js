// What every page does in addition where scripts run.
"use strict";

// A question takes its own address, so that the browser's own way back leads from one to the other.
const firstForm = document.querySelector("[name=choice]")?.closest("form");
if (firstForm) history.replaceState(null, "", firstForm.action);

// In a frame of another site (integration.js), the page sends its height. Links to other sites open in a
// new tab, as most sites refuse to be framed; so does class mode, which needs a whole window.
if (window.parent !== window) {
  const page = document.documentElement;

  new ResizeObserver(() => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    window.parent.postMessage({ type: "pix-diagnostic", height }, "*"); // a height is no secret
  }).observe(page);

  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest("a");
    if (!link) return;
    const isElsewhere = link.protocol.startsWith("http") && link.origin !== location.origin;
    if (isElsewhere || link.pathname.endsWith("/classe/")) link.target = "_blank";
  });

  const wanted = document.querySelector("[autofocus]");
  if (wanted instanceof HTMLElement) wanted.focus(); // browsers ignore autofocus in a frame
}
