// Answers followed through the table of rules/proof/lookup.py: nothing is evaluated here.

// Where they lead: the path, what is asked at its end, the rules that give something there (in rule
// order), those that the last answer brought, and the questions answered off the path.
function follow(guide, answers) {
  const path = [];
  const giving = new Set(guide.start);
  let row = 0;
  let brought = [];
  while (answers.has(guide.rows[row][0])) {
    const [question, , arrows] = guide.rows[row];
    const choice = answers.get(question);
    const chosen = guide.questions[question].choices.findIndex(([key]) => key === choice);
    const [next, comes, goes] = arrows[chosen];
    path.push({ row, question, choice });
    goes.forEach((rule) => giving.delete(rule));
    comes.forEach((rule) => giving.add(rule));
    row = next;
    brought = comes;
  }
  const rules = [...giving].sort((one, other) => one - other);
  const onPath = new Set(path.map((step) => step.question));
  const ignored = [...answers.keys()].filter((key) => !onPath.has(key));
  return { row, path, question: guide.rows[row][0], rules, brought, ignored };
}

// What rules give, in their order, each once: conclusions or, where `final` is false, advice.
function given(guide, rules, final) {
  const outcomes = new Set(rules.map((rule) => guide.rules[rule]));
  return [...outcomes].filter((key) => guide.outcomes[key].final === final);
}
