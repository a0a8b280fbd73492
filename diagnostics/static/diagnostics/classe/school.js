// Step 1: what is the same for every pupil.

import { element } from "./dom.js";

/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./types.js").Answers} Answers */

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
