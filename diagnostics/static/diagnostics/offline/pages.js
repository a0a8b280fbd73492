// Builds the pages from the templates of the file, from its ordinary text, and from `guide`, its data.

/**
 * Returns the first element that matches, which must be of this class.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {{new (): T}} [kind]
 */
function findElement(root, selector, kind) {
  const node = root.querySelector(selector);
  if (node instanceof (kind || HTMLElement)) return /** @type {T} */ (node);
  throw new TypeError(selector);
}

/**
 * Copies a template. Each `data-slot` is replaced by its contents; each `data-if` without contents is dropped.
 * @param {string} id
 * @param {OfflineContents} [contents]
 */
function fillTemplate(id, contents = {}) {
  const template = findElement(document, `#${id}`, HTMLTemplateElement);
  const part = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const node of part.querySelectorAll("[data-if]")) {
    const wanted = contents[String(node.getAttribute("data-if"))];
    if (Array.isArray(wanted) ? wanted.length : wanted) node.removeAttribute("data-if");
    else node.remove();
  }
  for (const node of part.querySelectorAll("[data-slot]")) {
    const wanted = contents[String(node.getAttribute("data-slot"))];
    node.replaceWith(...(Array.isArray(wanted) ? wanted : []));
  }
  return part;
}

/**
 * Copies what an element of the ordinary text contains; nothing if there is no such element.
 * @param {string} selector
 */
function copyText(selector) {
  const element = wholeGuide.querySelector(selector);
  return element ? [...element.cloneNode(true).childNodes] : [];
}

function buildStartPage() {
  return { title: findElement(document, "#nom").textContent, parts: [fillTemplate("page-start")] };
}

/**
 * Builds the page of a question that is on the path, or asked at its end.
 * @param {OfflineGuide} guide
 * @param {OfflineState} state
 * @param {string} key
 */
function buildQuestionPage(guide, state, key) {
  const index = state.path.findIndex((step) => step.question === key);
  const isChange = index >= 0;
  const position = isChange ? index : state.path.length;
  const { title, choices } = guide.questions[key];
  const advice = outcomesOfRules(guide, state.rules, false);
  const newest = isChange ? [] : newestAdvice(guide, state);
  const earlier = advice.filter((outcome) => !newest.includes(outcome));
  /** @param {string} outcome */
  const isToDo = (outcome) => guide.outcomes[outcome].is_to_do;
  const page = fillTemplate("page-question", {
    notice: isChange ? [] : buildNotice(state),
    acts: newest.filter(isToDo).map((outcome) => buildAct(guide, outcome)),
    number: [String(position + 1)],
    after: [guide.rows[isChange ? state.path[index].row : state.row][1]],
    title: [title],
    help: copyText(`#questions-${key} > .help`),
    choices: choices.map(([choice, label]) => buildChoice(key, choice, label)),
    isChange,
    advice: newest.filter((outcome) => !isToDo(outcome)).map((outcome) => buildAdvice(guide, outcome, "h2")),
    hasAside: position > 0 || isChange || state.ignored.length + earlier.length > 0,
    answers: buildAnswers(guide, state, key),
    earlierActs: earlier.filter(isToDo).map((outcome) => buildAdvice(guide, outcome, "h3")),
    reminders: earlier
      .filter((outcome) => !isToDo(outcome))
      .map((outcome) => buildAdvice(guide, outcome, "h3")),
  });
  setAddress(page, ".back a", position ? addressOf(state.path[position - 1].question) : START);
  const question = findElement(page, "fieldset");
  question.dataset.question = key;
  if (page.querySelector("#aide")) question.setAttribute("aria-describedby", "aide");
  if (isChange) {
    findElement(page, `#reponse-${state.path[index].choice}`, HTMLInputElement).checked = true;
    setAddress(page, ".other", addressOfState(state));
  }
  return { title, parts: [page] };
}

/** @param {string} question @param {string} choice @param {string} label */
function buildChoice(question, choice, label) {
  const help = copyText(`#questions-${question} [data-choice="${choice}"] small`);
  const part = fillTemplate("part-choice", { label: [label], help });
  const button = findElement(part, "input", HTMLInputElement);
  button.value = choice;
  button.id = `reponse-${choice}`;
  return part;
}

/** @param {OfflineGuide} guide @param {OfflineState} state */
function buildResultPage(guide, state) {
  const { school, steps, notes, reminders, hasActs, isStuck, isAboutPupil } = describeResult(guide, state);
  const hasSchoolSteps = school.length > 0;
  const page = fillTemplate("page-result", {
    notice: buildNotice(state),
    hasActs,
    isStuck,
    isAboutPupil,
    isOnlyStuck: isStuck && !hasActs,
    isWithoutActs: !isStuck && !hasActs,
    isOnlyForSchool: notes.length > 0 && !steps.length,
    titles: [notes.map((key) => `«\u00a0${guide.outcomes[key].title}\u00a0»`).join(", ")],
    count: [String(school.length)],
    isPlural: school.length > 1,
    schoolSteps: school.map((key) => buildStep(guide, key)),
    hasOutcomes: steps.length + notes.length > 0,
    isAfterSchool: !isAboutPupil && hasSchoolSteps,
    isAboutSchool: !isAboutPupil && !hasSchoolSteps,
    steps: steps.map((key) => buildStep(guide, key)),
    notes: notes.map((key) => buildAdvice(guide, key, "h3", "conclusion advice info")),
    isToTick: hasActs && !isStuck,
    reasons: [...school, ...steps, ...notes].flatMap((key) => buildReasons(guide, state, key)),
    reminders: reminders.map((key) => buildAdvice(guide, key, "h3")),
    answers: buildAnswers(guide, state),
  });
  const last = state.path[state.path.length - 1];
  setAddress(page, ".back a", last ? addressOf(last.question) : START);
  const list = page.querySelector("#eleve + .steps");
  if (list) list.setAttribute("start", String(school.length + 1));
  findElement(page, ".printed", HTMLDetailsElement).open = isStuck || state.ignored.length > 0;
  return { title: resultTitle(guide, hasSchoolSteps, steps), parts: [page] };
}

/** @param {OfflineGuide} guide @param {boolean} hasSchoolSteps @param {string[]} steps */
function resultTitle(guide, hasSchoolSteps, steps) {
  if (hasSchoolSteps) return "Résultat\u00a0: ce qu’il faut faire";
  return steps.length ? `Résultat\u00a0: ${guide.outcomes[steps[0]].title}` : "Aucune conclusion";
}

/**
 * Builds a line about answers off the path, if there are any, that leads to their list.
 * @param {OfflineState} state
 */
function buildNotice({ ignored }) {
  const isOne = ignored.length === 1;
  const contents = { isOne, areSeveral: !isOne, count: [String(ignored.length)] };
  return ignored.length ? [fillTemplate("part-notice", contents)] : [];
}

/** @param {OfflineGuide} guide @param {OfflineState} state @param {string} [shownQuestion] */
function buildAnswers(guide, { path, ignored }, shownQuestion) {
  const isOne = ignored.length === 1;
  const contents = {
    lines: path.map((step) => buildAnswer(guide, step, step.question !== shownQuestion)),
    ignored: ignored.map((key) => fillTemplate("part-ignored", describeAnswer(guide, key, answers.get(key)))),
    isOne,
    areSeveral: !isOne,
  };
  return path.length || ignored.length ? [fillTemplate("part-answers", contents)] : [];
}

/** @param {OfflineGuide} guide @param {OfflineStep} step @param {boolean} canChange */
function buildAnswer(guide, { question, choice }, canChange) {
  const part = fillTemplate("part-answer", { canChange, ...describeAnswer(guide, question, choice) });
  if (canChange) setAddress(part, "a", addressOf(question));
  return part;
}

/** @param {OfflineGuide} guide @param {string} question @param {string} [choice] */
function describeAnswer(guide, question, choice) {
  const { title, choices } = guide.questions[question];
  return { question: [title], choice: choices.filter(([key]) => key === choice).map(([, label]) => label) };
}

/** @param {OfflineGuide} guide @param {string} key */
function buildStep(guide, key) {
  const { final, tone } = guide.outcomes[key];
  const step = buildElement("li", copyText(`#outcomes-${key}`));
  step.className = `${final ? "conclusion " : ""}${tone}`;
  step.id = `etape-${key}`;
  return step;
}

/** @param {OfflineGuide} guide @param {string} key */
function buildAct(guide, key) {
  return fillTemplate("part-act", { title: [guide.outcomes[key].title], text: copyWithoutBoxes(key) });
}

/**
 * Builds a box with the title and the text of an outcome.
 * @param {OfflineGuide} guide
 * @param {string} key
 * @param {"h2"|"h3"} heading
 * @param {string} [looks] the names of classes
 */
function buildAdvice(guide, key, heading, looks = `advice ${guide.outcomes[key].tone}`) {
  const box = buildElement("div", [
    buildElement(heading, [guide.outcomes[key].title]),
    ...copyWithoutBoxes(key),
  ]);
  box.className = looks;
  return box;
}

/**
 * Copies the text of an outcome without its title and without boxes to tick.
 * @param {string} key
 */
function copyWithoutBoxes(key) {
  const box = buildElement("div", copyText(`#outcomes-${key}`));
  for (const node of box.querySelectorAll(":scope > h3:first-child, .done")) node.remove();
  for (const label of box.querySelectorAll("label"))
    label.replaceWith(...findElement(label, "span").childNodes);
  return [...box.childNodes];
}

/** @param {OfflineGuide} guide @param {OfflineState} state @param {string} key */
function buildReasons(guide, state, key) {
  const rules = state.rules.filter(([, outcome]) => outcome === key);
  const reasons = rules.map(([index]) => buildElement("li", copyText(`[data-rule="${index}"]`)));
  return [buildElement("h3", [guide.outcomes[key].title]), buildElement("ul", reasons)];
}

/** @param {string} tag @param {(Node|string)[]} contents */
function buildElement(tag, contents) {
  const element = document.createElement(tag);
  element.append(...contents);
  return element;
}

/** @param {ParentNode} page @param {string} selector @param {string} address */
function setAddress(page, selector, address) {
  findElement(page, selector, HTMLAnchorElement).href = address;
}
