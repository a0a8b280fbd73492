// Follows answers through the guide's lookup table (rules/proof/lookup_table.py), without evaluating rules.

/**
 * Returns the state that the answers lead to: its row and question (null at an end), the path, the rules
 * that give an outcome there, those that the last answer added, and the questions answered off the path.
 * @param {OfflineGuide} guide
 * @param {Map<string, string>} answers
 * @returns {OfflineState}
 */
function followAnswers(guide, answers) {
  /** @type {OfflineStep[]} */
  const path = [];
  const giving = new Set(guide.start);
  let row = 0;
  /** @type {number[]} */
  let added = [];
  let [question, , arrows] = guide.rows[row];
  while (question !== null && answers.has(question)) {
    const choice = answers.get(question) ?? "";
    const index = guide.questions[question].choices.findIndex(([key]) => key === choice);
    const [nextRow, started, stopped] = arrows[index];
    path.push({ row, question, choice });
    stopped.forEach((rule) => giving.delete(rule));
    started.forEach((rule) => giving.add(rule));
    row = nextRow;
    added = started;
    [question, , arrows] = guide.rows[row];
  }
  const rules = guide.rules.filter(([index]) => giving.has(index));
  const newRules = rules.filter(([index]) => added.includes(index));
  const onPath = new Set(path.map((step) => step.question));
  const ignored = [...answers.keys()].filter((key) => !onPath.has(key));
  return { row, path, question, rules, newRules, ignored };
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
