// Numbers the conditions of a rule, or the choices of a question, again when one is added or removed,
// and fills the list of an added choice.
"use strict";

function renumberInlines() {
  const ranks = document.querySelectorAll(".inline-related:not(.empty-form) .inline-rank");
  ranks.forEach((rank, index) => {
    rank.textContent = String(index + 1);
  });
}

/** @type {HTMLSelectElement | null} The list « Même réponse que » of the first new choice. */
let sameChoices = null;

document.addEventListener("DOMContentLoaded", () => {
  sameChoices = document.querySelector('.inline-related:not(.empty-form) select[name$="-same"]');
});

/**
 * Fills the list « Même réponse que » of an added choice with the options that the page has once.
 * @param {Event} event
 */
function fillSameChoices(event) {
  const row = /** @type {Element} */ (event.target);
  /** @type {HTMLSelectElement | null} */
  const list = row.querySelector('select[name$="-same"]');
  if (list && sameChoices) {
    list.replaceChildren(...sameChoices.cloneNode(true).childNodes);
    list.value = "";
  }
}

document.addEventListener("formset:added", renumberInlines);
document.addEventListener("formset:added", fillSameChoices);
document.addEventListener("formset:removed", renumberInlines);
