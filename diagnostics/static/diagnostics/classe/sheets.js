// What is printed: a sheet for each group, or a slip for each pupil.

import { element } from "./dom.js";
import { count, schoolAdvice, thingsToDo } from "./groups.js";
import { groupSteps, whatToDo } from "./outcomes.js";
import { nameOf } from "./row.js";

/** @typedef {import("./table.js").Shown} Shown */

/**
 * @param {Shown} shown
 * @returns {HTMLElement[]} the first one begins with what the school has to do
 */
export function groupSheets(shown) {
  const numbers = numbering(shown);
  const sheets = shown.groups.map((group) => sheet(group, numbers, shown.guide));
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
    .map(([pupil, state]) => slip(nameOf(pupil, numbers.get(pupil)), thingsToDo(state, shown.guide)));
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

function sheet(group, numbers, guide) {
  const asked = group.kind === "question" ? group.state.question : null;
  const title = asked ? `À demander\u00a0: ${group.title}` : group.title;
  const heading = element("h2", {}, title, "\u00a0— ", count(group.pupils.length, "élève"));
  const names = group.pupils.map((pupil) => line(pupil, numbers.get(pupil), asked));
  const list = element("ul", { className: asked ? "names to-ask" : "names" }, ...names);
  const todo = group.kind === "outcomes" ? groupSteps(group.state, guide, "h3") : [];
  return element("section", { className: "sheet" }, heading, ...todo, list);
}

function line(pupil, number, asked) {
  const told = element("span", {}, `${number}. `, element("bdi", {}, nameOf(pupil, number)));
  if (!asked) return element("li", { className: "box" }, told);
  const choices = asked.choices.map(({ label }) => element("span", { className: "box" }, label));
  return element("li", {}, told, element("span", { className: "choices" }, ...choices));
}

function slip(name, todo) {
  const parts = todo.flatMap((given) => whatToDo(given, "h3"));
  return element("article", { className: "slip" }, element("h2", {}, element("bdi", {}, name)), ...parts);
}
