// What this tab stores, on this device only. The browser deletes it when the tab closes.

/** @import {Guide, SchoolClass} from "./types.js" */

const storageKey = (slug) => `classe:${slug}`;

/**
 * @param {string} slug of the guide
 * @returns {SchoolClass} an empty class if nothing is stored, or nothing that can be read
 */
export function loadClass(slug) {
  try {
    const { school, pupils, typed } = JSON.parse(sessionStorage.getItem(storageKey(slug)));
    return { school: copyTexts(school), pupils: pupils.map(copyPupil), typed: String(typed ?? "") };
  } catch {
    return emptyClass();
  }
}

/** @returns {SchoolClass} */
export const emptyClass = () => ({ school: copyTexts(), pupils: [], typed: "" });

/**
 * Stores the class; an empty one leaves no trace.
 * @param {string} slug
 * @param {SchoolClass} schoolClass
 * @returns {boolean} false if the browser refuses
 */
export function saveClass(slug, schoolClass) {
  try {
    const text = JSON.stringify(schoolClass);
    if (text === JSON.stringify(emptyClass())) sessionStorage.removeItem(storageKey(slug));
    else sessionStorage.setItem(storageKey(slug), text);
    return true;
  } catch {
    return false;
  }
}

function copyPupil({ name, answers, asked }) {
  return { name: String(name), answers: copyTexts(answers), asked: copyTexts(asked) };
}

/** Returns a copy without a prototype, because the key of a question may be « constructor ». */
function copyTexts(values = {}) {
  const texts = Object.entries(values).filter(([, value]) => typeof value === "string");
  return Object.assign(Object.create(null), Object.fromEntries(texts));
}

/**
 * Drops the answers that are not in the guide, so that they are asked again and never sent.
 * @param {SchoolClass} schoolClass
 * @param {Guide} guide
 */
export function dropUnknownAnswers({ school, pupils }, guide) {
  const choicesOf = (wanted) => {
    const questions = guide.questions.filter(({ scope }) => (scope ?? "pupil") === wanted);
    return new Map(questions.map((question) => [question.key, question.choices.map(({ key }) => key)]));
  };
  dropOthers(school, choicesOf("school"));
  const ofPupils = choicesOf("pupil");
  for (const { answers } of pupils) dropOthers(answers, ofPupils);
}

function dropOthers(answers, known) {
  for (const [question, choice] of Object.entries(answers)) {
    if (!known.get(question)?.includes(choice)) delete answers[question];
  }
}
