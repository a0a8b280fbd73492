// Pupils in groups that have the same thing to do, in the order in which a class works through them.

/** @import {GivenOutcome, Group, Guide, Pupil, State} from "./types.js" */

const KINDS = ["school", "question", "waiting", "outcomes", "stuck", "refused"];
const TO_DO_TONES = ["action", "contact"]; // these conclusions come first
const TITLES = {
  waiting: "En attente du serveur",
  stuck: "Situations que le guide ne prévoit pas",
  refused: "Réponses que le serveur n’a pas comprises",
};

/**
 * Returns the groups: open questions in the guide's order, then results in the order of its conclusions.
 * @param {Pupil[]} pupils
 * @param {(pupil: Pupil) => State|undefined} stateOf
 * @param {Guide} guide
 * @returns {Group[]}
 */
export function groupPupils(pupils, stateOf, guide) {
  const groups = new Map();
  for (const pupil of pupils) {
    const group = emptyGroup(stateOf(pupil), guide);
    if (!groups.has(group.id)) groups.set(group.id, group);
    groups.get(group.id).pupils.push(pupil);
  }
  return [...groups.values()].sort(groupOrder(guide));
}

function emptyGroup(state, guide) {
  const pupils = [];
  if (!state) return { id: "waiting", kind: "waiting", title: TITLES.waiting, state: null, pupils };
  const { status, question } = state;
  if (status === "in_progress") {
    const kind = question.scope === "school" ? "school" : "question";
    return { id: `question-${question.key}`, kind, title: question.title, state, pupils };
  }
  if (status !== "completed") return { id: status, kind: status, title: TITLES[status], state, pupils };
  const outcomes = outcomesToDo(state, guide);
  const id = `conclusion-${outcomes.map(({ key }) => key).join("_")}`;
  const title = outcomes.map((outcome) => outcome.title).join(" + ");
  return { id, kind: "outcomes", title, state, pupils };
}

/** Returns the function that compares two groups in a sort. */
function groupOrder(guide) {
  const questions = guide.questions.map(({ key }) => key);
  const outcomes = guide.outcomes.map(({ key }) => key);
  const rankOf = ({ kind, state }) => [
    KINDS.indexOf(kind),
    ...(state?.question ? [questions.indexOf(state.question.key)] : []),
    ...putToDoFirst(state?.outcomes ?? []).map(({ key }) => outcomes.indexOf(key)),
  ];
  return (left, right) => compareRanks(rankOf(left), rankOf(right));
}

/** Compares two lists of numbers as a dictionary does: a beginning comes before the longer list. */
function compareRanks(left, right) {
  const index = left.findIndex((value, position) => value !== right[position]);
  return index < 0 ? left.length - right.length : left[index] - (right[index] ?? -1);
}

/**
 * Returns what these pupils have to do: the conclusions, then the advice that asks for an action.
 * @param {State} state
 * @param {Guide} guide
 * @returns {GivenOutcome[]}
 */
export function outcomesToDo(state, guide) {
  const advice = state.advice.filter((outcome) => outcome.tone === "action" && !isForSchool(outcome, guide));
  return [...putToDoFirst(state.outcomes), ...advice];
}

function putToDoFirst(outcomes) {
  const isToDo = ({ tone }) => TO_DO_TONES.includes(tone);
  return [...outcomes.filter(isToDo), ...outcomes.filter((outcome) => !isToDo(outcome))];
}

/**
 * Returns the advice that the whole school follows once, whichever pupils have it.
 * @param {(State|undefined)[]} states
 * @param {Guide} guide
 * @returns {GivenOutcome[]}
 */
export function schoolAdvice(states, guide) {
  const found = new Map();
  for (const outcome of states.flatMap((state) => state?.advice ?? [])) {
    if (outcome.tone === "action" && isForSchool(outcome, guide)) found.set(outcome.key, outcome);
  }
  return [...found.values()];
}

/** True if only answers of the school led to this outcome. */
function isForSchool(outcome, guide) {
  const questions = guide.questions.filter(({ scope }) => scope === "school");
  const keys = new Set(questions.map(({ key }) => key));
  return outcome.because.every((reason) => reason.answers.every(({ question }) => keys.has(question)));
}

/**
 * Says in a few words how many pupils have changed groups.
 * @param {Map<Pupil, Group>} before
 * @param {Group[]} groups
 * @returns {string} empty if no pupil has moved
 */
export function movesInWords(before, groups) {
  let [open, done] = [0, 0];
  for (const { id, kind, pupils } of groups) {
    const moved = pupils.filter((pupil) => before.get(pupil)?.id !== id).length;
    if (kind === "outcomes") done += moved;
    else open += moved;
  }
  const moves = [[open, "à compléter"], [done, "avec un résultat"]].filter(([number]) => number);
  return moves.map(([number, where]) => `${countInWords(number, "élève")} ${where}.`).join(" ");
}

/** @param {number} number @param {string} noun @returns {string} such as « 3 élèves » */
export const countInWords = (number, noun) => `${number}\u00a0${noun}${number > 1 ? "s" : ""}`;
