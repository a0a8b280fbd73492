// Shows only those fields of each condition that its question and its operator need.
// Without this file all fields are shown, and the server checks them.
"use strict";

function setVisible(row, isVisible) {
  if (row) row.hidden = !isVisible;
}

function updateCondition(condition) {
  const question = condition.querySelector("select[name$=-question]");
  const operator = condition.querySelector("select[name$=-operator]");
  if (!question || !operator) return;
  const operand = operator.selectedOptions[0].dataset.operand;
  setVisible(condition.querySelector(".field-named"), operand === "choices" && question.value !== "");
  setVisible(condition.querySelector(".field-other"), operand === "question");
  condition.querySelectorAll(".choices-by-question fieldset").forEach((group, index) => {
    const isPicked = index === question.selectedIndex - 1;
    group.hidden = !isPicked;
    group.disabled = !isPicked; // not sent, but still ticked if the question is picked again
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".inline-related").forEach(updateCondition);
});
document.addEventListener("change", (event) => {
  const condition = event.target.closest(".inline-related");
  if (condition) updateCondition(condition);
});
document.addEventListener("formset:added", (event) => updateCondition(event.target));
