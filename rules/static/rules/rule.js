// Shows only those fields of each condition that its question and its operator need.
// Without this file all fields are shown, the choices of a question appear after a save, and the
// server checks them.
"use strict";

/** @typedef {[id: number, label: string]} OfferedChoice */

/** @type {{[question: string]: OfferedChoice[]}} */
let choicesByQuestion = {};

/** @param {Element|null} row @param {boolean} isVisible */
function setVisible(row, isVisible) {
  row?.toggleAttribute("hidden", !isVisible);
}

/** @param {string} name @param {OfferedChoice} choice */
function makeTick(name, [id, text]) {
  const label = document.createElement("label");
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.name = name;
  tick.value = String(id);
  label.append(tick, ` ${text}`);
  return label;
}

/** @param {Element} box @param {HTMLOptionElement} question @param {OfferedChoice[]} choices */
function addChoices(box, question, choices) {
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  const name = box.id.replace(/^id_/, "");
  legend.append(question.text);
  group.dataset.question = question.value;
  group.append(legend, ...choices.map((choice) => makeTick(name, choice)));
  box.append(group);
}

/** @param {Element} box @param {HTMLOptionElement} question */
function showChoices(box, question) {
  box.querySelector(".help")?.remove();
  const isAdded = box.querySelector(`fieldset[data-question="${question.value}"]`) !== null;
  // Somebody may pick a question while the page is loading: its choices are then added a little later.
  const choices = choicesByQuestion[question.value];
  if (choices && !isAdded) addChoices(box, question, choices);
  box.querySelectorAll("fieldset").forEach((group) => {
    const isPicked = group.dataset.question === question.value;
    group.hidden = !isPicked;
    group.disabled = !isPicked; // not sent, but still ticked if the question is picked again
  });
}

/** @param {Element} condition */
function updateCondition(condition) {
  /** @type {HTMLSelectElement|null} */
  const question = condition.querySelector("select[name$=-question]");
  /** @type {HTMLSelectElement|null} */
  const operator = condition.querySelector("select[name$=-operator]");
  const choices = condition.querySelector(".choices-of-question");
  if (!question || !operator || !choices) return;
  const operand = operator.selectedOptions[0].dataset.operand;
  setVisible(condition.querySelector(".field-named"), operand === "choices" && question.value !== "");
  setVisible(condition.querySelector(".field-other"), operand === "question");
  showChoices(choices, question.selectedOptions[0]);
}

document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("choices-by-question");
  choicesByQuestion = JSON.parse(data?.textContent || "{}");
  document.querySelectorAll(".inline-related").forEach(updateCondition);
});
document.addEventListener("change", ({ target }) => {
  const condition = target instanceof Element && target.closest(".inline-related");
  if (condition) updateCondition(condition);
});
document.addEventListener("formset:added", ({ target }) => {
  if (target instanceof Element) updateCondition(target);
});
// The ticks of a condition are sent as one field: forms with thousands of fields are refused.
document.addEventListener("formdata", ({ formData }) => {
  const names = [...new Set(formData.keys())].filter((name) => name.endsWith("-named"));
  for (const name of names) formData.set(name, formData.getAll(name).join(" "));
});
