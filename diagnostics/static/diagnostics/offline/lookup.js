// Follows answers through the guide's lookup table (rules/proof/lookup_table.py), without evaluating rules.

/**
 * Returns the state that the answers lead to: its row and question (null at an end), the path, the rules
 * that give an outcome there, and the questions answered off the path.
 * @param {OfflineGuide} guide
 * @param {Map<string, string>} answers
 * @returns {OfflineState}
 */
function followAnswers(guide, answers) {
  /** @type {OfflineStep[]} */
  const path = [];
  const giving = new Set(guide.start);
  let row = 0;
  let [question, , arrows] = guide.rows[row];
  while (question !== null && answers.has(question)) {
    const choice = String(answers.get(question));
    const index = guide.questions[question].choices.findIndex(([key]) => key === choice);
    const [nextRow, started, stopped] = arrows[index];
    path.push({ row, question, choice });
    stopped.forEach((rule) => giving.delete(rule));
    started.forEach((rule) => giving.add(rule));
    row = nextRow;
    [question, , arrows] = guide.rows[row];
  }
  const rules = guide.rules.filter(([index]) => giving.has(index));
  const onPath = new Set(path.map((step) => step.question));
  const ignored = Object.keys(guide.questions).filter((key) => answers.has(key) && !onPath.has(key));
  return { row, path, question, rules, ignored };
}

/**
 * Returns the outcomes that rules give, without repetition: conclusions if `isFinal`, otherwise advice.
 * @param {OfflineGuide} guide
 * @param {OfflineRule[]} rules
 * @param {boolean} isFinal
 */
function outcomesOfRules(guide, rules, isFinal) {
  const keys = new Set(rules.map(([, key]) => key));
  return [...keys].filter((key) => guide.outcomes[key].final === isFinal);
}

/**
 * Returns the questions whose answers made an advice rule hold, as `deciding_answers` of
 * rules/engine/resolve.py does.
 * @param {OfflineRule} rule
 * @param {OfflineStep[]} path
 */
function decidingQuestions([, , conditions], path) {
  const answers = new Map(path.map((step) => /** @type {[string, string]} */ ([step.question, step.choice])));
  const held = conditions.filter(([questions, accepted, isSame]) => {
    const [first, second] = questions.map((question) => answers.get(question));
    if (accepted) return accepted.includes(String(first));
    return isSame === null || (first !== undefined && second !== undefined && (first === second) === isSame);
  });
  return path
    .map((step) => step.question)
    .filter((key) => held.some(([questions]) => questions.includes(key)));
}

/**
 * Returns the advice that the last answer has decided.
 * @param {OfflineGuide} guide
 * @param {OfflineState} state
 */
function newestAdvice(guide, { path, rules }) {
  const last = path.map((step) => step.question).pop();
  const newest = rules.filter((rule) => decidingQuestions(rule, path).some((question) => question === last));
  return outcomesOfRules(guide, newest, false);
}

/**
 * Returns the parts of a result, as `_result_page` of diagnostics/diagnostic_pages.py does.
 * @param {OfflineGuide} guide
 * @param {OfflineState} state
 */
function describeResult(guide, { path, rules }) {
  const [outcomes, advice] = [true, false].map((isFinal) => outcomesOfRules(guide, rules, isFinal));
  /** @param {string} question */
  const isOfSchool = (question) => guide.questions[question].of_school;
  const decidedBySchool = rules.filter((rule) => {
    const questions = decidingQuestions(rule, path);
    return questions.length > 0 && questions.every(isOfSchool);
  });
  const school = outcomesOfRules(guide, decidedBySchool, false).filter((key) => guide.outcomes[key].is_to_do);
  const acts = [...outcomes, ...advice].filter(
    (key) => guide.outcomes[key].is_to_do && !school.includes(key),
  );
  const others = outcomes.filter((key) => !guide.outcomes[key].is_to_do);
  const hasActs = school.length + acts.length > 0;
  return {
    school,
    steps: hasActs ? acts : others,
    notes: hasActs ? others : [],
    reminders: advice.filter(
      (key) => !guide.outcomes[key].is_to_do && guide.outcomes[key].tone !== "success",
    ),
    hasActs,
    isStuck: outcomes.length === 0,
    isAboutPupil: path.some((step) => !isOfSchool(step.question)),
  };
}
