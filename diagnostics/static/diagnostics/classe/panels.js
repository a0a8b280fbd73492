// What the page shows beside the groups, and the sheets that it prints.

import { createEditorHtml, createElement } from "./dom.js";
import { countInWords, outcomesToDo, schoolAdvice } from "./groups.js";
import { nameOf } from "./row.js";

/** @import {Answers, GivenOutcome, Group, Guide, Snapshot, State} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {Guide} guide
 * @param {Answers} answers of the school
 * @param {(key: string) => Node|null} helpOf returns the server's HTML
 */
export function showSchoolQuestions(root, guide, answers, helpOf) {
  const questions = guide.questions.filter(({ scope }) => scope === "school");
  root.replaceChildren(
    ...questions.map((question) => buildFieldset(question, answers[question.key], helpOf(question.key))),
  );
}

function buildFieldset(question, chosen, help) {
  const fieldset = createElement("fieldset", {}, createElement("legend", {}, question.title));
  if (help ?? question.help) {
    const id = `aide-ecole-${question.key}`;
    fieldset.setAttribute("aria-describedby", id);
    fieldset.append(createElement("div", { id, className: "help" }, help ?? question.help));
  }
  const radios = question.choices.map((choice) => buildRadio(question.key, choice, choice.key === chosen));
  fieldset.append(...radios);
  return fieldset;
}

function buildRadio(name, { key, label, help }, checked) {
  const input = createElement("input", { type: "radio", name, value: key, checked });
  const text = createElement("span", {}, label);
  if (help) text.append(createElement("small", {}, help));
  return createElement("label", { className: "choice" }, input, text);
}

/**
 * Shows how many pupils are still to complete, with a link to each group.
 * @param {HTMLElement} root
 * @param {Group[]} groups
 * @param {number} total
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
  root.replaceChildren(figures, createElement("ul", {}, ...items));
}

/**
 * @param {GivenOutcome} outcome
 * @param {string} headingTag
 * @returns {HTMLElement[]} its title, then its text and its link
 */
export function buildOutcome({ title, body_html: body, link }, headingTag) {
  const parts = [createElement(headingTag, {}, title)];
  if (body) parts.push(createEditorHtml(body, "body"));
  if (link) {
    parts.push(createElement("p", { className: "more" }, createElement("a", { href: link.url }, link.label)));
  }
  return parts;
}

/**
 * Builds what a group has to do; a single outcome comes without its title, which is the group's.
 * @param {State} state
 * @param {Guide} guide
 * @param {string} headingTag
 * @returns {HTMLElement[]}
 */
export function buildGroupOutcomes(state, guide, headingTag) {
  const outcomes = outcomesToDo(state, guide);
  if (outcomes.length === 1) return buildOutcome(outcomes[0], headingTag).slice(1);
  return outcomes.flatMap((outcome) => buildOutcome(outcome, headingTag));
}

// Sheets of paper

/**
 * @param {Snapshot} snapshot
 * @returns {HTMLElement[]} a sheet for each group; the first begins with what the school has to do
 */
export function buildGroupSheets(snapshot) {
  const sheets = snapshot.groups.map((group) => buildSheet(group, snapshot));
  if (sheets.length) sheets[0].prepend(...buildSchoolSheet(snapshot));
  return sheets;
}

/**
 * @param {Snapshot} snapshot
 * @returns {HTMLElement[]} what the school has to do, then a slip for each pupil who has a result
 */
export function buildSlips(snapshot) {
  const { pupils, stateOf } = snapshot;
  const withResult = pupils.filter((pupil) => stateOf(pupil)?.status === "completed");
  const slips = withResult.map((pupil) => buildSlip(pupil, snapshot));
  return [...buildSchoolSheet(snapshot), createElement("div", { className: "slips" }, ...slips)];
}

/** Returns the sheet of the school, or an empty list if it has nothing to do. */
function buildSchoolSheet({ pupils, stateOf, guide }) {
  const advice = schoolAdvice(pupils.map(stateOf), guide);
  if (!advice.length) return [];
  const heading = createElement("h2", {}, "À faire pour l’établissement");
  const parts = advice.flatMap((outcome) => buildOutcome(outcome, "h3"));
  return [createElement("section", { className: "for-school" }, heading, ...parts)];
}

function buildSheet(group, { numbers, guide, source }) {
  const question = group.kind === "question" ? group.state.question : null;
  const title = question ? `À demander\u00a0: ${group.title}` : group.title;
  const heading = createElement("h2", {}, title, "\u00a0— ", countInWords(group.pupils.length, "élève"));
  const lines = group.pupils.map((pupil) => buildLine(pupil, numbers.get(pupil), question));
  const list = createElement("ul", { className: question ? "names to-ask" : "names" }, ...lines);
  const outcomes = group.kind === "outcomes" ? buildGroupOutcomes(group.state, guide, "h3") : [];
  return createElement("section", { className: "sheet" }, heading, ...outcomes, list, buildSource(source));
}

function buildLine(pupil, number, question) {
  const name = createElement("span", {}, `${number}. `, createElement("bdi", {}, nameOf(pupil, number)));
  if (!question) return createElement("li", { className: "box" }, name);
  const choices = question.choices.map(({ label }) => createElement("span", { className: "box" }, label));
  return createElement("li", {}, name, createElement("span", { className: "choices" }, ...choices));
}

function buildSlip(pupil, { numbers, stateOf, guide, source }) {
  const outcomes = outcomesToDo(stateOf(pupil), guide).flatMap((outcome) => buildOutcome(outcome, "h3"));
  const heading = createElement("h2", {}, createElement("bdi", {}, nameOf(pupil, numbers.get(pupil))));
  return createElement("article", { className: "slip" }, heading, ...outcomes, buildSource(source));
}

const buildSource = (source) => createElement("p", { className: "from" }, source);
