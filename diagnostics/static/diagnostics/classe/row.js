// One pupil of the list.

import { createElement, createSelect } from "./dom.js";

/** @import {Group, Guide, Pupil, State} from "./types.js" */

/** @param {Pupil} pupil @param {number} number @returns {string} such as « Élève n° 3 » without a name */
export const nameOf = (pupil, number) => pupil.name || `Élève n°\u00a0${number}`;

/**
 * @param {Pupil} pupil
 * @param {number} number
 * @param {Group} group the pupil's group
 * @param {State|undefined} state
 * @param {Guide} guide
 * @returns {HTMLLIElement}
 */
export function buildRow(pupil, number, group, state, guide) {
  const isAsked = group.kind === "question";
  const className = isAsked ? "pupil to-ask" : "pupil";
  const row = createElement("li", { className }, buildCheckbox(pupil, number));
  const given = ownAnswers(pupil, state, guide).map(({ label }) => label).join(" · ");
  row.append(createElement("p", { className: "given" }, given));
  if (isAsked) row.append(...buildQuestion(pupil, number, group.state.question));
  const name = createElement("span", { className: "hidden" }, " ", buildName(pupil, number));
  const summary = createElement("summary", { "data-role": "modify" }, "Modifier", name);
  row.append(createElement("details", { className: "modify" }, summary));
  return row;
}

function buildCheckbox(pupil, number) {
  const box = createElement("input", { type: "checkbox", "data-role": "check" });
  const rank = createElement("span", { className: "number" }, `${number}.`);
  return createElement("label", { className: "who" }, box, rank, " ", buildName(pupil, number));
}

/** Builds a name that keeps its own direction, and that no translator changes. */
function buildName(pupil, number) {
  return createElement("bdi", { className: "name", translate: false }, nameOf(pupil, number));
}

function buildQuestion(pupil, number, question) {
  const id = `reponse-${number}`;
  const attributes = { className: "hidden", htmlFor: id };
  const label = createElement("label", attributes, "Réponse pour ", buildName(pupil, number));
  const list = createSelect(question.choices, "Choisir…", { id, "data-role": "answer" });
  list.value = pupil.answers[question.key] ?? "";
  const cell = pupil.asked[question.key];
  const field = createElement("div", { className: "pending" }, label, list);
  if (!cell) return [field];
  list.setAttribute("aria-describedby", `liste-${number}`);
  return [buildUnclearCell(cell, number), field];
}

function buildUnclearCell(cell, number) {
  const quoted = createElement("bdi", { translate: false }, cell);
  const attributes = { id: `liste-${number}`, className: "unclear" };
  return createElement("p", attributes, "Dans votre liste\u00a0: «\u00a0", quoted, "\u00a0». À préciser.");
}

/**
 * Fills « Modifier » when it is first opened: the name, each answer on the path, and a button that
 * removes the pupil.
 * @param {HTMLDetailsElement} details
 * @param {Pupil} pupil
 * @param {number} number
 * @param {State|undefined} state
 * @param {Guide} guide
 */
export function fillDetails(details, pupil, number, state, guide) {
  if (details.childElementCount > 1) return;
  const input = createElement("input", {
    id: `nom-${number}`, value: pupil.name, autocomplete: "off", spellcheck: false, "data-role": "name",
  });
  const fields = [buildField("Nom", input)];
  ownAnswers(pupil, state, guide).forEach(({ question, choice }, index) => {
    const id = `modifier-${number}-${index}`;
    const attributes = { id, "data-role": "edit", "data-question": question.key };
    const list = createSelect(question.choices, "À demander", attributes);
    list.value = choice;
    fields.push(buildField(question.title, list));
  });
  const attributes = { type: "button", className: "button second", "data-role": "remove" };
  const button = createElement("button", attributes, "Retirer cet élève");
  details.append(createElement("div", { className: "fields" }, ...fields, button));
}

function buildField(label, control) {
  const attributes = { className: "field" };
  return createElement("div", attributes, createElement("label", { htmlFor: control.id }, label), control);
}

/** @param {HTMLElement} row @param {Pupil} pupil @param {number} number */
export function updateName(row, pupil, number) {
  for (const node of row.querySelectorAll(".name")) node.textContent = nameOf(pupil, number);
}

/** Returns the pupil's own answers in the path's order; all of them while the path is not known. */
function ownAnswers(pupil, state, guide) {
  const onPath = state?.answers.map(({ question }) => question);
  const keys = onPath ?? guide.questions.map(({ key }) => key);
  return keys.filter((key) => pupil.answers[key]).map((key) => {
    const question = guide.questions.find((other) => other.key === key);
    const { key: choice, label } = question.choices.find((other) => other.key === pupil.answers[key]);
    return { question, choice, label };
  });
}
