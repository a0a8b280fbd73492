// Updates the preview of a Markdown text while an editor types.
// Without this file the preview shows the text as it was saved.
"use strict";

const TYPING_PAUSE_MS = 300; // after such a pause the preview is fetched

document.addEventListener("DOMContentLoaded", () => {
  /** @type {HTMLElement|null} */
  const preview = document.querySelector(".preview");
  const source = document.getElementById(preview?.dataset.source ?? "");
  if (!preview || !(source instanceof HTMLTextAreaElement)) return;
  let timer = 0;
  source.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => fetchPreview(preview, source), TYPING_PAUSE_MS);
  });
});

/** @param {HTMLElement} preview @param {HTMLTextAreaElement} source */
async function fetchPreview(preview, source) {
  const text = source.value;
  const token = /** @type {HTMLInputElement} */ (source.form?.elements.namedItem("csrfmiddlewaretoken"));
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: token.value });
  const response = await fetch(String(preview.dataset.url), { method: "POST", body });
  if (response.ok && text === source.value) preview.innerHTML = await response.text();
}
