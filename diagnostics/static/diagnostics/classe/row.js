// One pupil of the list.

import { element, select } from "./dom.js";

/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./types.js").Group} Group */
/** @typedef {import("./types.js").Pupil} Pupil */
/** @typedef {import("./types.js").State} State */

/** @param {Pupil} pupil @param {number} number @returns {string} a name where there is none */
export const nameOf = (pupil, number) => pupil.name || `Élève n°\u00a0${number}`;

/**
 * @param {Pupil} pupil
 * @param {number} number
 * @param {Group} group where the pupil is
 * @param {State|undefined} state
 * @param {Guide} guide
 * @returns {HTMLLIElement}
 */
export function buildRow(pupil, number, group, state, guide) {
  const isAsked = group.kind === "question";
  const row = element("li", { className: isAsked ? "pupil to-ask" : "pupil" }, checkbox(pupil, number));
  const given = ownAnswers(pupil, state, guide).map(({ label }) => label).join(" · ");
  row.append(element("p", { className: "given" }, given));
  if (isAsked) row.append(...pending(pupil, number, group.state.question));
  row.append(modify(pupil, number));
  return row;
}

function checkbox(pupil, number) {
  const box = element("input", { type: "checkbox", "data-role": "check" });
  const rank = element("span", { className: "number" }, `${number}.`);
  return element("label", { className: "who" }, box, rank, " ", name(pupil, number));
}

/** In its own direction, and not for a translator. */
function name(pupil, number, className = "name") {
  return element("bdi", { className, translate: false }, nameOf(pupil, number));
}

function pending(pupil, number, question) {
  const id = `reponse-${number}`;
  const label = element("label", { className: "hidden", htmlFor: id }, "Réponse pour ", name(pupil, number));
  const list = select(question.choices, "Choisir…", { id, "data-role": "answer" });
  list.value = pupil.answers[question.key] ?? "";
  const cell = pupil.asked[question.key];
  const field = element("div", { className: "pending" }, label, list);
  if (!cell) return [field];
  list.setAttribute("aria-describedby", `liste-${number}`);
  return [unclear(cell, number), field];
}

function unclear(cell, number) {
  const quoted = element("bdi", { translate: false }, cell);
  const attributes = { id: `liste-${number}`, className: "unclear" };
  return element("p", attributes, "Dans votre liste\u00a0: «\u00a0", quoted, "\u00a0». À préciser.");
}

function modify(pupil, number) {
  const of = element("span", { className: "hidden" }, " ", name(pupil, number));
  const summary = element("summary", { "data-role": "modify" }, "Modifier", of);
  return element("details", { className: "modify" }, summary);
}

/**
 * Fills « Modifier » when it is first opened: the name, each answer of the path, and the way out.
 * @param {HTMLDetailsElement} details
 * @param {Pupil} pupil
 * @param {number} number
 * @param {State|undefined} state
 * @param {Guide} guide
 */
export function fillModify(details, pupil, number, state, guide) {
  if (details.childElementCount > 1) return;
  const input = element("input", {
    id: `nom-${number}`, value: pupil.name, autocomplete: "off", spellcheck: false, "data-role": "name",
  });
  const fields = [field("Nom", input)];
  ownAnswers(pupil, state, guide).forEach(({ question, choice }, at) => {
    const id = `modifier-${number}-${at}`;
    const attributes = { id, "data-role": "edit", "data-question": question.key };
    const list = select(question.choices, "À demander", attributes);
    list.value = choice;
    fields.push(field(question.title, list));
  });
  const away = { type: "button", className: "button second", "data-role": "remove" };
  const button = element("button", away, "Retirer cet élève");
  details.append(element("div", { className: "fields" }, ...fields, button));
}

function field(label, control) {
  return element("div", { className: "field" }, element("label", { htmlFor: control.id }, label), control);
}

/** @param {HTMLElement} row @param {Pupil} pupil @param {number} number */
export function rename(row, pupil, number) {
  for (const shown of row.querySelectorAll(".name")) shown.textContent = nameOf(pupil, number);
}

/** The pupil's own answers on the path, in its order; before the server knows, those that are kept. */
function ownAnswers(pupil, state, guide) {
  const onPath = state?.answers.map(({ question }) => question);
  const keys = onPath ?? guide.questions.map(({ key }) => key);
  return keys
    .filter((key) => pupil.answers[key])
    .map((key) => answerOf(guide, key, pupil.answers[key]));
}

function answerOf(guide, key, choice) {
  const question = guide.questions.find((one) => one.key === key);
  const { label } = question.choices.find((one) => one.key === choice);
  return { question, choice, label };
}
