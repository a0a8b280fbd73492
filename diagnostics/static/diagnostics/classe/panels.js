// What is shown beside the list, and printed: the school, the figures, what there is to do, sheets.

import { editorsHtml, element } from "./dom.js";
import { count, schoolAdvice, thingsToDo } from "./groups.js";
import { nameOf } from "./row.js";

/** @typedef {import("./types.js").Answers} Answers */
/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./types.js").Group} Group */
/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./table.js").Shown} Shown */
/** @typedef {import("./types.js").State} State */

/**
 * @param {HTMLElement} root
 * @param {Guide} guide
 * @param {Answers} answers of the school
 * @param {(key: string) => Node|null} helpOf what explains a question, as the server wrote it
 */
export function showSchool(root, guide, answers, helpOf) {
  const questions = guide.questions.filter((one) => one.scope === "school");
  root.replaceChildren(...questions.map((one) => fieldset(one, answers[one.key], helpOf(one.key))));
}

function fieldset(question, chosen, help) {
  const made = element("fieldset", {}, element("legend", {}, question.title));
  if (help ?? question.help) {
    const id = `aide-ecole-${question.key}`;
    made.setAttribute("aria-describedby", id);
    made.append(element("div", { id, className: "help" }, help ?? question.help));
  }
  made.append(...question.choices.map((choice) => radio(question.key, choice, choice.key === chosen)));
  return made;
}

function radio(name, { key, label, help }, checked) {
  const input = element("input", { type: "radio", name, value: key, checked });
  const text = element("span", {}, label);
  if (help) text.append(element("small", {}, help));
  return element("label", { className: "choice" }, input, text);
}

// How many pupils there are, how many are still to complete, and the way to each group

/** @param {HTMLElement} root @param {Group[]} groups @param {number} all */
export function showSummary(root, groups, all) {
  const sorted = groups.filter(({ kind }) => kind === "outcomes");
  const done = sorted.reduce((sum, { pupils }) => sum + pupils.length, 0);
  const words = `${count(all, "élève")}\u00a0: ${all - done} à compléter, ${done} avec un résultat.`;
  const links = groups.map(({ id, title, pupils }) =>
    element("li", {}, element("a", { href: `#titre-${id}` }, title), " ", count(pupils.length, "élève")),
  );
  root.replaceChildren(element("p", {}, element("strong", {}, words)), element("ul", {}, ...links));
}

// What there is to do, in the editors’ words

/**
 * @param {Given} given
 * @param {string} heading the tag of its title
 * @returns {HTMLElement[]} its title, then the rest
 */
export function whatToDo({ title, body_html: body, link }, heading) {
  const parts = [element(heading, {}, title)];
  if (body) parts.push(editorsHtml(body, "body"));
  if (link) parts.push(element("p", { className: "more" }, element("a", { href: link.url }, link.label)));
  return parts;
}

/**
 * For those who share a result; a single thing to do has its title in the heading above.
 * @param {State} state
 * @param {Guide} guide
 * @param {string} heading
 * @returns {HTMLElement[]}
 */
export function groupSteps(state, guide, heading) {
  const todo = thingsToDo(state, guide);
  if (todo.length === 1) return whatToDo(todo[0], heading).slice(1);
  return todo.flatMap((given) => whatToDo(given, heading));
}

// Sheets of paper

/**
 * @param {Shown} shown
 * @returns {HTMLElement[]} the first one begins with what the school has to do
 */
export function groupSheets(shown) {
  const numbers = numbering(shown);
  const sheets = shown.groups.map((group) => sheet(group, numbers, shown));
  const advice = schoolSheet(shown);
  if (advice && sheets.length) sheets[0].prepend(advice);
  return sheets;
}

/**
 * @param {Shown} shown
 * @returns {HTMLElement[]} for the pupils who have a result; before them, what the school has to do
 */
export function slips(shown) {
  const numbers = numbering(shown);
  const papers = shown.pupils
    .map((pupil) => [pupil, shown.stateOf(pupil)])
    .filter(([, state]) => state?.status === "completed")
    .map(([pupil, state]) => slip(nameOf(pupil, numbers.get(pupil)), state, shown));
  const advice = schoolSheet(shown);
  return [...(advice ? [advice] : []), element("div", { className: "slips" }, ...papers)];
}

function numbering({ pupils }) {
  return new Map(pupils.map((pupil, at) => [pupil, at + 1]));
}

function schoolSheet({ pupils, stateOf, guide }) {
  const advice = schoolAdvice(pupils.map(stateOf), guide);
  if (!advice.length) return null;
  const heading = element("h2", {}, "À faire pour l’établissement");
  const todo = advice.flatMap((given) => whatToDo(given, "h3"));
  return element("section", { className: "for-school" }, heading, ...todo);
}

function sheet(group, numbers, { guide, source }) {
  const asked = group.kind === "question" ? group.state.question : null;
  const title = asked ? `À demander\u00a0: ${group.title}` : group.title;
  const heading = element("h2", {}, title, "\u00a0— ", count(group.pupils.length, "élève"));
  const names = group.pupils.map((pupil) => line(pupil, numbers.get(pupil), asked));
  const list = element("ul", { className: asked ? "names to-ask" : "names" }, ...names);
  const todo = group.kind === "outcomes" ? groupSteps(group.state, guide, "h3") : [];
  return element("section", { className: "sheet" }, heading, ...todo, list, from(source));
}

function line(pupil, number, asked) {
  const told = element("span", {}, `${number}. `, element("bdi", {}, nameOf(pupil, number)));
  if (!asked) return element("li", { className: "box" }, told);
  const choices = asked.choices.map(({ label }) => element("span", { className: "box" }, label));
  return element("li", {}, told, element("span", { className: "choices" }, ...choices));
}

function slip(name, state, { guide, source }) {
  const parts = thingsToDo(state, guide).flatMap((given) => whatToDo(given, "h3"));
  const heading = element("h2", {}, element("bdi", {}, name));
  return element("article", { className: "slip" }, heading, ...parts, from(source));
}

const from = (source) => element("p", { className: "from" }, source);
