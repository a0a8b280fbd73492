// Shows only those fields of each condition that its question and its operator need.
// Without this file all fields are shown, and the server checks them.
"use strict";

/** @param {Element|null} row @param {boolean} isVisible */
function setVisible(row, isVisible) {
  row?.toggleAttribute("hidden", !isVisible);
}

/** @param {Element} condition */
function updateCondition(condition) {
  /** @type {HTMLSelectElement|null} */
  const question = condition.querySelector("select[name$=-question]");
  /** @type {HTMLSelectElement|null} */
  const operator = condition.querySelector("select[name$=-operator]");
  if (!question || !operator) return;
  const operand = operator.selectedOptions[0].dataset.operand;
  setVisible(condition.querySelector(".field-named"), operand === "choices" && question.value !== "");
  setVisible(condition.querySelector(".field-other"), operand === "question");
  /** @type {NodeListOf<HTMLFieldSetElement>} */
  const groups = condition.querySelectorAll(".choices-by-question fieldset");
  groups.forEach((group, index) => {
    const isPicked = index === question.selectedIndex - 1;
    group.hidden = !isPicked;
    group.disabled = !isPicked; // not sent, but still ticked if the question is picked again
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".inline-related").forEach(updateCondition);
});
document.addEventListener("change", ({ target }) => {
  const condition = target instanceof Element && target.closest(".inline-related");
  if (condition) updateCondition(condition);
});
document.addEventListener("formset:added", ({ target }) => {
  if (target instanceof Element) updateCondition(target);
});
