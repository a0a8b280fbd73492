// What the page shows beside the groups, and the sheets that it prints.

import { createEditorHtml, createElement, requireValue } from "./dom.js";
import { countInWords, nameOf, outcomesOfPupil, schoolAdvice } from "./groups.js";

/** @type {ShowSchoolQuestions} */
export function showSchoolQuestions(root, guide, answers, helpOf) {
  const questions = guide.questions.filter(({ scope }) => scope === "school");
  root.replaceChildren(
    ...questions.map((question) => buildFieldset(question, answers[question.key], helpOf(question.key))),
  );
}

/** @type {BuildFieldset} */
function buildFieldset(question, chosen, help) {
  const fieldset = createElement("fieldset", {}, createElement("legend", {}, question.title));
  const shownHelp = help ?? question.help;
  if (shownHelp) {
    const id = `aide-ecole-${question.key}`;
    fieldset.setAttribute("aria-describedby", id);
    fieldset.append(createElement("div", { id, className: "help" }, shownHelp));
  }
  const radios = question.choices.map((choice) => buildRadio(question.key, choice, choice.key === chosen));
  fieldset.append(...radios);
  return fieldset;
}

/** @type {BuildRadio} */
function buildRadio(name, { key, label, help }, checked) {
  const input = createElement("input", { type: "radio", name, value: key, checked });
  const text = createElement("span", {}, label);
  if (help) text.append(createElement("small", {}, help));
  return createElement("label", { className: "choice" }, input, text);
}

/**
 * Shows how many pupils are still to complete, with a link to each group.
 * @type {ShowSummary}
 */
export function showSummary(root, groups, total) {
  const results = groups.filter(({ kind }) => kind === "outcomes");
  const done = results.reduce((sum, { pupils }) => sum + pupils.length, 0);
  const words = `${countInWords(total, "élève")}\u00a0: ${total - done} à compléter, ${done} avec un résultat.`;
  const items = groups.map(({ id, title, pupils }) => {
    const link = createElement("a", { href: `#titre-${id}` }, title);
    return createElement("li", {}, link, " ", countInWords(pupils.length, "élève"));
  });
  const figures = createElement("p", {}, createElement("strong", {}, words));
  root.replaceChildren(figures, createElement("ul", { role: "list" }, ...items));
}

/** @type {BuildOutcome} */
export function buildOutcome({ title, body_html: body, link }, headingTag) {
  /** @type {HTMLElement[]} */
  const parts = [createElement(headingTag, {}, title)];
  if (body) parts.push(createEditorHtml(body, "body"));
  if (link) {
    parts.push(createElement("p", { className: "more" }, createElement("a", { href: link.url }, link.label)));
  }
  return parts;
}

/** Builds the title of an advice, which unfolds its text. @type {BuildFoldedAdvice} */
export function buildFoldedAdvice(outcome) {
  const [title, ...text] = buildOutcome(outcome, "h3");
  return createElement(
    "details",
    { className: "advice action first" },
    createElement("summary", {}, title),
    ...text,
  );
}

/**
 * Builds what a group has to do; a single outcome comes without its title, which is the group's.
 * @type {BuildGroupOutcomes}
 */
export function buildGroupOutcomes(state, guide, headingTag) {
  const outcomes = outcomesOfPupil(state, guide);
  if (outcomes.length === 1) return buildOutcome(outcomes[0], headingTag).slice(1);
  return outcomes.flatMap((outcome) => buildOutcome(outcome, headingTag));
}

// Sheets of paper

/**
 * Builds a sheet for each group; the first begins with what the school has to do.
 * @type {BuildSheets}
 */
export function buildGroupSheets(snapshot) {
  const sheets = snapshot.groups.map((group) => buildSheet(group, snapshot));
  if (sheets.length) sheets[0].prepend(...buildSchoolSheet(snapshot));
  return sheets;
}

/**
 * Builds what the school has to do, then a slip for each pupil who has a result.
 * @type {BuildSheets}
 */
export function buildSlips(snapshot) {
  const { pupils, stateOf } = snapshot;
  const withResult = pupils.filter((pupil) => stateOf(pupil)?.status === "completed");
  const slips = withResult.map((pupil) => buildSlip(pupil, snapshot));
  return [...buildSchoolSheet(snapshot), createElement("div", { className: "slips" }, ...slips)];
}

/**
 * Builds the sheet of the school; nothing if it has nothing to do.
 * @type {BuildSheets}
 */
function buildSchoolSheet({ pupils, stateOf, guide }) {
  const advice = schoolAdvice(pupils.map(stateOf), guide);
  if (!advice.length) return [];
  const heading = createElement("h2", {}, "D’abord, pour l’établissement");
  const parts = advice.flatMap((outcome) => buildOutcome(outcome, "h3"));
  return [createElement("section", { className: "for-school" }, heading, ...parts)];
}

/** @param {Group} group @param {Snapshot} snapshot */
function buildSheet(group, { numbers, guide, source }) {
  const question = group.kind === "question" ? group.state.question : null;
  const title = question ? `À demander\u00a0: ${group.title}` : group.title;
  const heading = createElement("h2", {}, title, "\u00a0— ", countInWords(group.pupils.length, "élève"));
  const lines = group.pupils.map((pupil) => buildLine(pupil, requireValue(numbers.get(pupil)), question));
  const list = createElement(
    "ul",
    { className: question ? "names to-ask" : "names", role: "list" },
    ...lines,
  );
  const outcomes = group.kind === "outcomes" ? buildGroupOutcomes(group.state, guide, "h3") : [];
  return createElement("section", { className: "sheet" }, heading, ...outcomes, list, buildSource(source));
}

/** @type {BuildLine} */
function buildLine(pupil, number, question) {
  const name = createElement("span", {}, `${number}. `, createElement("bdi", {}, nameOf(pupil, number)));
  if (!question) return createElement("li", { className: "box" }, name);
  const choices = question.choices.map(({ label }) => createElement("span", { className: "box" }, label));
  return createElement("li", {}, name, createElement("span", { className: "choices" }, ...choices));
}

/** @param {Pupil} pupil @param {Snapshot} snapshot */
function buildSlip(pupil, { numbers, stateOf, guide, source }) {
  const name = nameOf(pupil, requireValue(numbers.get(pupil)));
  const heading = createElement("h2", {}, createElement("bdi", {}, name));
  const outcomes = outcomesOfPupil(requireValue(stateOf(pupil)), guide);
  const parts = outcomes.flatMap((outcome) => buildOutcome(outcome, "h3"));
  return createElement("article", { className: "slip" }, heading, ...parts, buildSource(source));
}

/** @param {string} source */
const buildSource = (source) => createElement("p", { className: "from" }, source);
