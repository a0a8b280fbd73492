// Numbers the conditions of a rule, or the answers of a question, again when one comes or goes.
"use strict";

function renumber() {
  const ranks = document.querySelectorAll(".inline-related:not(.empty-form) .inline-rank");
  ranks.forEach((rank, at) => {
    rank.textContent = at + 1;
  });
}

document.addEventListener("formset:added", renumber);
document.addEventListener("formset:removed", renumber);
