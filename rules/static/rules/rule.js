// Of each condition, shows only what its question and its comparison need.
// Without this file everything is shown, and the server checks.
"use strict";

function show(row, visible) {
  if (row) row.hidden = !visible;
}

function refresh(condition) {
  const question = condition.querySelector("select[name$=-question]");
  const operator = condition.querySelector("select[name$=-operator]");
  if (!question || !operator) return;
  const operand = operator.selectedOptions[0].dataset.operand;
  show(condition.querySelector(".field-named"), operand === "choices" && question.value !== "");
  show(condition.querySelector(".field-other"), operand === "question");
  condition.querySelectorAll(".choices-by-question fieldset").forEach((group, at) => {
    const picked = at === question.selectedIndex - 1;
    group.hidden = !picked;
    group.disabled = !picked; // not sent, but still ticked if the question is picked again
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".inline-related").forEach(refresh);
});
document.addEventListener("change", (event) => {
  const condition = event.target.closest(".inline-related");
  if (condition) refresh(condition);
});
document.addEventListener("formset:added", (event) => refresh(event.target));
