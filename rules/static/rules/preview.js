// Updates the preview of a Markdown text while an editor types.
// Without this file the preview shows the text as it was saved.
"use strict";

const TYPING_PAUSE_MS = 300; // after such a pause the preview is fetched

document.addEventListener("DOMContentLoaded", () => {
  const preview = document.querySelector(".preview");
  const source = preview && document.getElementById(preview.dataset.source);
  if (!source) return;
  let timer;
  source.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => fetchPreview(preview, source), TYPING_PAUSE_MS);
  });
});

async function fetchPreview(preview, source) {
  const text = source.value;
  const body = new URLSearchParams({
    text,
    csrfmiddlewaretoken: source.form.elements.csrfmiddlewaretoken.value,
  });
  const response = await fetch(preview.dataset.url, { method: "POST", body });
  if (response.ok && text === source.value) preview.innerHTML = await response.text();
}
