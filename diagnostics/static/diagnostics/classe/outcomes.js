// What there is to do, in the editors' words.

import { editorsHtml, element } from "./dom.js";
import { thingsToDo } from "./groups.js";

/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./types.js").State} State */

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
