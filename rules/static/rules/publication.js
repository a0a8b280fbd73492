// Who writes a date or an hour chooses to publish then. Without this file, the server asks which is meant.
"use strict";

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.closest(".moment") || !target.value) return;
  /** @type {HTMLInputElement|null} */
  const later = document.querySelector('[name="when"][value="later"]');
  if (later) later.checked = true;
});
