// Builds the pages from the templates of the file and from `guide`, its data.

/**
 * Returns the first element that matches, which must be of this class.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {{new (): T}} [kind]
 */
function findElement(root, selector, kind) {
  const node = root.querySelector(selector);
  if (node instanceof (kind ?? HTMLElement)) return /** @type {T} */ (node);
  throw new TypeError(selector);
}

/** @param {string} id */
function copyTemplate(id) {
  const template = findElement(document, `#${id}`, HTMLTemplateElement);
  return /** @type {DocumentFragment} */ (template.content.cloneNode(true));
}

/** @param {ParentNode} page @param {string} name */
function findSlot(page, name) {
  return findElement(page, `[data-slot="${name}"]`);
}

/** @param {ParentNode} page @param {string} name */
function findLink(page, name) {
  return findElement(page, `[data-slot="${name}"]`, HTMLAnchorElement);
}

function buildStartPage() {
  return { title: findElement(document, "#nom").textContent, parts: [copyTemplate("page-start")] };
}

/**
 * Builds the page of a question that is on the path, or asked at its end.
 * @param {OfflineGuide} guide
 * @param {OfflineState} state
 * @param {string} key
 */
function buildQuestionPage(guide, state, key) {
  const index = state.path.findIndex((step) => step.question === key);
  const isAnswered = index >= 0;
  const stepsBefore = isAnswered ? index : state.path.length;
  const advice = outcomesOfRules(guide, state.rules, false);
  const newAdvice = isAnswered ? [] : outcomesOfRules(guide, state.newRules, false);
  const page = copyTemplate("page-question");
  findLink(page, "back").href = stepsBefore ? addressOf(state.path[stepsBefore - 1].question) : START;
  findSlot(page, "newest").replaceWith(...newAdvice.map((outcome) => buildAdvice(guide, outcome, "h2")));
  findSlot(page, "number").textContent = String(stepsBefore + 1);
  findSlot(page, "after").textContent = guide.rows[isAnswered ? state.path[index].row : state.row][1];
  findSlot(page, "question").replaceWith(copyTemplate(`question-${key}`));
  findLink(page, "error").href = `#${findElement(page, "[name=choice]").id}`;
  if (isAnswered) {
    findElement(page, `#reponse-${state.path[index].choice}`, HTMLInputElement).checked = true;
    findLink(page, "unchanged").href = addressOfState(state);
  } else {
    findSlot(page, "unchanged").remove();
  }
  const earlier = advice.filter((outcome) => !newAdvice.includes(outcome));
  return { title: guide.questions[key].title, parts: [page, buildAside(guide, state, earlier, key)] };
}

/** @param {OfflineGuide} guide @param {OfflineState} state */
function buildResultPage(guide, state) {
  const outcomes = outcomesOfRules(guide, state.rules, true);
  const advice = outcomesOfRules(guide, state.rules, false);
  const left = advice.filter((key) => guide.outcomes[key].is_to_do);
  const page = copyTemplate(outcomes.length ? "page-result" : "page-stuck");
  const last = state.path[state.path.length - 1];
  findLink(page, "back").href = last ? addressOf(last.question) : START;
  if (outcomes.length) {
    findSlot(page, "steps").append(...outcomes.map((key) => buildConclusion(guide, key)));
    findSlot(page, "why").append(...outcomes.flatMap((key) => buildReasons(guide, state, key)));
  }
  fillOrRemove(
    findSlot(page, "left"),
    left.map((key) => buildAdvice(guide, key, "h3")),
  );
  const others = advice.filter((key) => !left.includes(key));
  const title = outcomes.length
    ? `Résultat\u00a0: ${guide.outcomes[outcomes[0]].title}`
    : "Aucune conclusion";
  return { title, parts: [page, buildAside(guide, state, others)] };
}

/**
 * Builds what stands beside a page: the answers, those off the path, and earlier advice.
 * @param {OfflineGuide} guide
 * @param {OfflineState} state
 * @param {string[]} advice
 * @param {string} [shownQuestion]
 */
function buildAside(guide, state, advice, shownQuestion) {
  const aside = copyTemplate("page-beside");
  const answers = state.path.map((step) => buildAnswerLine(guide, step, shownQuestion));
  fillOrRemove(findSlot(aside, "answers"), answers);
  const ignored = state.ignored.map((key) => buildItem(guide.questions[key].title));
  fillOrRemove(findSlot(aside, "ignored"), ignored);
  fillOrRemove(
    findSlot(aside, "advice"),
    advice.map((key) => buildAdvice(guide, key, "h3")),
  );
  return aside;
}

/**
 * Appends parts to the list of a section, or to the section; removes the section if there are no parts.
 * @param {HTMLElement} section
 * @param {Node[]} parts
 */
function fillOrRemove(section, parts) {
  if (parts.length) {
    (section.querySelector("[data-slot=list]") || section).append(...parts);
  } else {
    section.remove();
  }
}

/** @param {OfflineGuide} guide @param {OfflineStep} step @param {string} [shownQuestion] */
function buildAnswerLine(guide, step, shownQuestion) {
  const { title, choices } = guide.questions[step.question];
  const line = copyTemplate("answer");
  findSlot(line, "question").textContent = title;
  findSlot(line, "choice").textContent = choices.find(([key]) => key === step.choice)?.[1] ?? "";
  if (step.question === shownQuestion) {
    findSlot(line, "change").remove();
  } else {
    findElement(findSlot(line, "change"), "a", HTMLAnchorElement).href = addressOf(step.question);
    findSlot(line, "changed").textContent = title;
  }
  return line;
}

/** @param {OfflineGuide} guide @param {string} key @param {"h2"|"h3"} headingTag */
function buildAdvice(guide, key, headingTag) {
  const box = document.createElement("div");
  box.className = `advice ${guide.outcomes[key].tone}`;
  box.append(buildHeading(guide, key, headingTag), copyTemplate(`outcome-${key}`));
  return box;
}

/** @param {OfflineGuide} guide @param {string} key */
function buildConclusion(guide, key) {
  const item = buildItem();
  item.className = `conclusion ${guide.outcomes[key].tone}`;
  item.append(buildHeading(guide, key, "h2"), copyTemplate(`outcome-${key}`));
  return item;
}

/** @param {OfflineGuide} guide @param {OfflineState} state @param {string} key */
function buildReasons(guide, state, key) {
  const list = document.createElement("ul");
  const rules = state.rules.filter(([, outcome]) => outcome === key);
  list.append(...rules.map(([, , reason]) => buildItem(reason)));
  return [buildHeading(guide, key, "h3"), list];
}

/** @param {OfflineGuide} guide @param {string} key @param {"h2"|"h3"} headingTag */
function buildHeading(guide, key, headingTag) {
  const heading = document.createElement(headingTag);
  heading.textContent = guide.outcomes[key].title;
  return heading;
}

function buildItem(text = "") {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
