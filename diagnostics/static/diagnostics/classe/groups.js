// Pupils in groups that have the same thing to do, in the order in which a class works through them.

const KINDS = ["school", "question", "waiting", "outcomes", "stuck", "refused"];
const TITLES = {
  waiting: "En attente du serveur",
  stuck: "Situations que le guide ne prévoit pas",
  refused: "Réponses que le serveur n’a pas comprises",
};

/**
 * Returns the groups: open questions in the guide's order, then results in the order of its conclusions.
 * @param {Pupil[]} pupils
 * @param {StateOf} stateOf
 * @param {Guide} guide
 */
export function groupPupils(pupils, stateOf, guide) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const pupil of pupils) {
    const empty = emptyGroup(stateOf(pupil), guide);
    const group = groups.get(empty.id) ?? empty;
    groups.set(group.id, group);
    group.pupils.push(pupil);
  }
  return [...groups.values()].sort(groupOrder(guide));
}

/** @param {State|undefined} state @param {Guide} guide @returns {Group} */
function emptyGroup(state, guide) {
  if (!state) return { id: "waiting", kind: "waiting", title: TITLES.waiting, state: null, pupils: [] };
  if (state.status === "in_progress") {
    const { key, scope, title } = state.question;
    return { id: `question-${key}`, kind: scope === "school" ? scope : "question", title, state, pupils: [] };
  }
  const { status } = state;
  if (status !== "completed") return { id: status, kind: status, title: TITLES[status], state, pupils: [] };
  const outcomes = outcomesOfPupil(state, guide);
  const id = `conclusion-${outcomes.map(({ key }) => key).join("_")}`;
  const title = outcomes.map((outcome) => outcome.title).join(" + ");
  return { id, kind: "outcomes", title, state, pupils: [] };
}

/** @param {Guide} guide @returns {(left: Group, right: Group) => number} compares two groups in a sort */
function groupOrder(guide) {
  const questions = guide.questions.map(({ key }) => key);
  const positions = guide.outcomes.map(({ key }) => key);
  /** @param {Group} group */
  const rankOf = ({ kind, state }) => {
    if (state?.question) return [KINDS.indexOf(kind), questions.indexOf(state.question.key)];
    if (!state) return [KINDS.indexOf(kind)];
    const keys = outcomesOfPupil(state, guide).map(({ key }) => key);
    const hasNothingToDo = actsOfPupil(state, guide).length === 0;
    return [KINDS.indexOf(kind), Number(hasNothingToDo), ...keys.map((key) => positions.indexOf(key))];
  };
  return (left, right) => compareRanks(rankOf(left), rankOf(right));
}

/**
 * Compares two lists of numbers as a dictionary does: a beginning comes before the longer list.
 * @param {number[]} left
 * @param {number[]} right
 */
function compareRanks(left, right) {
  const index = left.findIndex((value, position) => value !== right[position]);
  return index < 0 ? left.length - right.length : left[index] - (right[index] ?? -1);
}

/**
 * Returns what these pupils have to do, and then their other conclusions.
 * @param {State} state
 * @param {Guide} guide
 */
export function outcomesOfPupil(state, guide) {
  const acts = actsOfPupil(state, guide);
  return [...acts, ...state.outcomes.filter((outcome) => !acts.includes(outcome))];
}

/** Returns conclusions, then advice that is not for the school. @param {State} state @param {Guide} guide */
function actsOfPupil(state, guide) {
  const conclusions = state.outcomes.filter(({ tone }) => guide.toDo.outcomes.includes(tone));
  return [...conclusions, ...adviceToDo(state, guide).filter((outcome) => !isForSchool(outcome, guide))];
}

/** @param {State} state @param {Guide} guide */
function adviceToDo({ advice }, guide) {
  return advice.filter(({ tone }) => guide.toDo.advice.includes(tone));
}

/**
 * Returns the advice that the whole school follows once, whichever pupils have it.
 * @param {(State|undefined)[]} states
 * @param {Guide} guide
 */
export function schoolAdvice(states, guide) {
  /** @type {Map<string, GivenOutcome>} */
  const found = new Map();
  for (const outcome of states.flatMap((state) => (state ? adviceToDo(state, guide) : []))) {
    if (isForSchool(outcome, guide)) found.set(outcome.key, outcome);
  }
  return [...found.values()];
}

/**
 * True if answers of the school are enough for a rule that gives this outcome.
 * @param {GivenOutcome} outcome
 * @param {Guide} guide
 */
function isForSchool(outcome, guide) {
  const questions = guide.questions.filter(({ scope }) => scope === "school");
  const keys = new Set(questions.map(({ key }) => key));
  return outcome.because.some(
    ({ answers }) => answers.length > 0 && answers.every(({ question }) => keys.has(question)),
  );
}

/**
 * Says in a few words how many pupils have changed groups.
 * @param {Map<Pupil, Group>} before
 * @param {Group[]} groups
 * @returns an empty text if no pupil has moved
 */
export function movesInWords(before, groups) {
  let [open, done] = [0, 0];
  for (const { id, kind, pupils } of groups) {
    const moved = pupils.filter((pupil) => before.get(pupil)?.id !== id).length;
    if (kind === "outcomes") done += moved;
    else open += moved;
  }
  const sentences = [
    open ? `${countInWords(open, "élève")} à compléter.` : "",
    done ? `${countInWords(done, "élève")} avec un résultat.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

/** Returns such words as « 3 élèves ». @param {number} number @param {string} noun */
export const countInWords = (number, noun) => `${number}\u00a0${noun}${number > 1 ? "s" : ""}`;

/** Returns such words as « Élève n° 3 » without a name. @param {Pupil} pupil @param {number} number */
export const nameOf = (pupil, number) => pupil.name || `Élève n°\u00a0${number}`;
