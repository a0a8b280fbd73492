// Keeps the preview of a Markdown text up with what is being written.
// Without this file the preview shows the text as it was saved.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const preview = document.querySelector(".preview");
  const source = preview && document.getElementById(preview.dataset.source);
  if (!source) return;
  let waiting;
  source.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh(preview, source), 300);
  });
});

async function refresh(preview, source) {
  const text = source.value;
  const body = new URLSearchParams({
    text,
    csrfmiddlewaretoken: source.form.elements.csrfmiddlewaretoken.value,
  });
  const response = await fetch(preview.dataset.url, { method: "POST", body });
  if (response.ok && text === source.value) preview.innerHTML = await response.text();
}
