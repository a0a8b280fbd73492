// Pupils who are in the same place, in the order in which a class is worked through.

/** @typedef {import("./types.js").Group} Group */
/** @typedef {import("./types.js").Given} Given */
/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./types.js").Pupil} Pupil */
/** @typedef {import("./types.js").State} State */

const KINDS = ["school", "question", "waiting", "outcomes", "stuck", "refused"];
const TO_DO = ["action", "contact"]; // the headline of a result
const TITLES = {
  waiting: "En attente du serveur",
  stuck: "Situations que le guide ne prévoit pas",
  refused: "Réponses que le serveur n’a pas comprises",
};

/**
 * What is still to ask in the guide's order, then the results in the order of its conclusions.
 * @param {Pupil[]} pupils
 * @param {(pupil: Pupil) => State|undefined} stateOf
 * @param {Guide} guide
 * @returns {Group[]}
 */
export function groupPupils(pupils, stateOf, guide) {
  const groups = new Map();
  for (const pupil of pupils) {
    const place = placeOf(stateOf(pupil), guide);
    if (!groups.has(place.id)) groups.set(place.id, { ...place, pupils: [] });
    groups.get(place.id).pupils.push(pupil);
  }
  return [...groups.values()].sort(inOrder(guide));
}

function placeOf(state, guide) {
  if (!state) return { id: "waiting", kind: "waiting", title: TITLES.waiting, state: null };
  const { status, question } = state;
  if (status === "in_progress") {
    const kind = question.scope === "school" ? "school" : "question";
    return { id: `question-${question.key}`, kind, title: question.title, state };
  }
  if (status !== "completed") return { id: status, kind: status, title: TITLES[status], state };
  const todo = thingsToDo(state, guide);
  const [keys, titles] = [todo.map(({ key }) => key), todo.map(({ title }) => title)];
  return { id: `conclusion-${keys.join("_")}`, kind: "outcomes", title: titles.join(" + "), state };
}

function inOrder(guide) {
  const questions = guide.questions.map(({ key }) => key);
  const outcomes = guide.outcomes.map(({ key }) => key);
  const rank = ({ kind, state }) => [
    KINDS.indexOf(kind),
    ...(state?.question ? [questions.indexOf(state.question.key)] : []),
    ...headlineFirst(state?.outcomes ?? []).map(({ key }) => outcomes.indexOf(key)),
  ];
  return (one, other) => compare(rank(one), rank(other));
}

/** Like words in a dictionary: the shorter comes first where it begins the longer. */
function compare(one, other) {
  const at = one.findIndex((value, nth) => value !== other[nth]);
  return at < 0 ? one.length - other.length : one[at] - (other[at] ?? -1);
}

/**
 * What is to be done for these pupils: the conclusions, then what was said of them on the way.
 * @param {State} state
 * @param {Guide} guide
 * @returns {Given[]}
 */
export function thingsToDo(state, guide) {
  const said = state.advice.filter((given) => given.tone === "action" && !isSchools(given, guide));
  return [...headlineFirst(state.outcomes), ...said];
}

function headlineFirst(outcomes) {
  const isToDo = ({ tone }) => TO_DO.includes(tone);
  return [...outcomes.filter(isToDo), ...outcomes.filter((given) => !isToDo(given))];
}

/**
 * What is to be done once for the whole school, whichever pupil brought it up.
 * @param {(State|undefined)[]} states
 * @param {Guide} guide
 * @returns {Given[]}
 */
export function schoolAdvice(states, guide) {
  const found = new Map();
  for (const given of states.flatMap((state) => state?.advice ?? [])) {
    if (given.tone === "action" && isSchools(given, guide)) found.set(given.key, given);
  }
  return [...found.values()];
}

/** Whether only answers of the school decided it. */
function isSchools(given, guide) {
  const asked = guide.questions.filter((one) => one.scope === "school");
  const schools = new Set(asked.map(({ key }) => key));
  return given.because.every((reason) => reason.answers.every(({ question }) => schools.has(question)));
}

/**
 * How many pupils are not where they were: short, as it lies over what is worked on.
 * @param {Map<Pupil, Group>} before
 * @param {Group[]} groups
 * @returns {string} empty when no one has moved
 */
export function movesInWords(before, groups) {
  let [open, done] = [0, 0];
  for (const { id, kind, pupils } of groups) {
    const moved = pupils.filter((one) => before.get(one)?.id !== id).length;
    if (kind === "outcomes") done += moved;
    else open += moved;
  }
  const words = [[open, "à compléter"], [done, "avec un résultat"]].filter(([number]) => number);
  return words.map(([number, what]) => `${count(number, "élève")} ${what}.`).join(" ");
}

/** @param {number} number @param {string} noun @returns {string} « 3 élèves » */
export const count = (number, noun) => `${number}\u00a0${noun}${number > 1 ? "s" : ""}`;
