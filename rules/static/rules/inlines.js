// Numbers the conditions of a rule, or the choices of a question, again when one is added or removed.
"use strict";

function renumberInlines() {
  const ranks = document.querySelectorAll(".inline-related:not(.empty-form) .inline-rank");
  ranks.forEach((rank, index) => {
    rank.textContent = String(index + 1);
  });
}

document.addEventListener("formset:added", renumberInlines);
document.addEventListener("formset:removed", renumberInlines);
