// What this tab remembers, on this device only; it is gone when the tab closes.

/** @typedef {import("./types.js").School} School */
/** @typedef {import("./types.js").Guide} Guide */

const place = (slug) => `classe:${slug}`;

/**
 * @param {string} slug the guide's
 * @returns {School} empty where nothing is kept, or nothing that can be read
 */
export function load(slug) {
  try {
    const { school, pupils, typed } = JSON.parse(sessionStorage.getItem(place(slug)));
    return { school: texts(school), pupils: pupils.map(readPupil), typed: String(typed ?? "") };
  } catch {
    return empty();
  }
}

/** @returns {School} */
export const empty = () => ({ school: texts(), pupils: [], typed: "" });

/**
 * Keeps what there is, and leaves no trace of a school without anything.
 * @param {string} slug
 * @param {School} school
 * @returns {boolean} false where the browser refuses
 */
export function save(slug, school) {
  try {
    const text = JSON.stringify(school);
    if (text === JSON.stringify(empty())) sessionStorage.removeItem(place(slug));
    else sessionStorage.setItem(place(slug), text);
    return true;
  } catch {
    return false;
  }
}

function readPupil({ name, answers, asked }) {
  return { name: String(name), answers: texts(answers), asked: texts(asked) };
}

/** Keys are a guide's: « constructor » finds nothing that it did not put there. */
function texts(given = {}) {
  const kept = Object.entries(given).filter(([, value]) => typeof value === "string");
  return Object.assign(Object.create(null), Object.fromEntries(kept));
}

/**
 * Drops the answers that the guide does not know: they are asked again, and never sent.
 * @param {School} school
 * @param {Guide} guide
 */
export function fit({ school, pupils }, guide) {
  const known = (scope) =>
    new Map(
      guide.questions
        .filter((one) => (one.scope ?? "pupil") === scope)
        .map((one) => [one.key, one.choices.map(({ key }) => key)]),
    );
  drop(school, known("school"));
  const own = known("pupil");
  for (const { answers } of pupils) drop(answers, own);
}

function drop(answers, known) {
  for (const [question, choice] of Object.entries(answers)) {
    if (!known.get(question)?.includes(choice)) delete answers[question];
  }
}
