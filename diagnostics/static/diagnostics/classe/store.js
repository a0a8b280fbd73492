// What this tab stores, on this device only. The browser deletes it when the tab closes.

/** @param {string} slug */
const storageKey = (slug) => `classe:${slug}`;

/**
 * @param {string} slug
 * @returns {SchoolClass} an empty class if nothing is stored, or nothing that can be read
 */
export function loadClass(slug) {
  try {
    /** @type {SchoolClass} */
    const stored = JSON.parse(String(sessionStorage.getItem(storageKey(slug))));
    const pupils = stored.pupils.map(({ name, answers, asked }) => {
      return { name: String(name), answers: copyTexts(answers), asked: copyTexts(asked) };
    });
    return { school: copyTexts(stored.school), pupils, typed: String(stored.typed ?? "") };
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
 * @returns false if the browser refuses
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

/**
 * Returns a copy without a prototype, because the key of a question may be « constructor ».
 * @param {Answers} values
 * @returns {Answers}
 */
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
  /** @param {string} wanted */
  const choicesOf = (wanted) => {
    const questions = guide.questions.filter(({ scope }) => (scope ?? "pupil") === wanted);
    return new Map(questions.map((question) => [question.key, question.choices.map(({ key }) => key)]));
  };
  dropOthers(school, choicesOf("school"));
  const ofPupils = choicesOf("pupil");
  for (const { answers } of pupils) dropOthers(answers, ofPupils);
}

/** @param {Answers} answers @param {Map<string, string[]>} known */
function dropOthers(answers, known) {
  for (const [question, choice] of Object.entries(answers)) {
    if (!known.get(question)?.includes(choice)) delete answers[question];
  }
}
