// Updates the preview of each Markdown text while an editor types.
// Without this file the previews show the texts as they were saved.
"use strict";

const TYPING_PAUSE_MS = 300; // after such a pause the preview is fetched

document.addEventListener("DOMContentLoaded", () => {
  /** @type {NodeListOf<HTMLElement>} */
  const previews = document.querySelectorAll(".preview");
  for (const preview of previews) {
    const source = document.getElementById(preview.dataset.source ?? "");
    if (source instanceof HTMLTextAreaElement) followTyping(preview, source);
  }
});

/** @param {HTMLElement} preview @param {HTMLTextAreaElement} source */
function followTyping(preview, source) {
  let timer = 0;
  source.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => fetchPreview(preview, source), TYPING_PAUSE_MS);
  });
}

/** @param {HTMLElement} preview @param {HTMLTextAreaElement} source */
async function fetchPreview(preview, source) {
  const text = source.value;
  const token = /** @type {HTMLInputElement} */ (source.form?.elements.namedItem("csrfmiddlewaretoken"));
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: token.value });
  const response = await fetch(String(preview.dataset.url), { method: "POST", body });
  if (response.ok && text === source.value) preview.innerHTML = await response.text();
}
