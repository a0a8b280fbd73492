// The pages, put together from the templates of the file and from `guide`, its data.

const TO_DO = ["action", "contact"];

function copy(name) {
  return document.getElementById(name).content.cloneNode(true);
}

function slot(page, name) {
  return page.querySelector(`[data-slot="${name}"]`);
}

function startPage() {
  return { title: document.getElementById("nom").textContent, parts: [copy("page-start")] };
}

// The question `key`, on the path or asked now.
function questionPage(guide, now, key) {
  const rank = now.path.findIndex((step) => step.question === key);
  const before = rank < 0 ? now.path.length : rank;
  const advice = given(guide, now.rules, false);
  const newest = rank < 0 ? given(guide, now.brought, false) : [];
  const page = copy("page-question");
  slot(page, "back").href = before ? address(now.path[before - 1].question) : START;
  slot(page, "newest").replaceWith(...newest.map((one) => adviceBox(guide, one, "h2")));
  slot(page, "number").textContent = before + 1;
  slot(page, "after").textContent = guide.rows[rank < 0 ? now.row : now.path[rank].row][1];
  slot(page, "question").replaceWith(copy(`question-${key}`));
  slot(page, "error").href = `#${page.querySelector("[name=choice]").id}`;
  if (rank < 0) {
    slot(page, "unchanged").remove();
  } else {
    page.getElementById(`reponse-${now.path[rank].choice}`).checked = true;
    slot(page, "unchanged").href = standing(now);
  }
  const earlier = advice.filter((one) => !newest.includes(one));
  return { title: guide.questions[key].title, parts: [page, beside(guide, now, earlier, key)] };
}

function resultPage(guide, now) {
  const conclusions = given(guide, now.rules, true);
  const isToDo = (key) => TO_DO.includes(guide.outcomes[key].tone);
  const outcomes = [...conclusions.filter(isToDo), ...conclusions.filter((key) => !isToDo(key))];
  const advice = given(guide, now.rules, false);
  const left = advice.filter((key) => guide.outcomes[key].tone === "action");
  const page = copy(outcomes.length ? "page-result" : "page-stuck");
  const last = now.path[now.path.length - 1];
  slot(page, "back").href = last ? address(last.question) : START;
  if (outcomes.length) {
    slot(page, "steps").append(...outcomes.map((key) => conclusion(guide, key)));
    slot(page, "why").append(...outcomes.flatMap((key) => reasons(guide, now, key)));
  }
  fill(slot(page, "left"), left.map((key) => adviceBox(guide, key, "h3")));
  const others = advice.filter((key) => !left.includes(key));
  const title = outcomes.length
    ? `Résultat\u00a0: ${guide.outcomes[outcomes[0]].title}`
    : "Aucune conclusion";
  return { title, parts: [page, beside(guide, now, others)] };
}

// Answers and earlier advice, where there are some.
function beside(guide, now, advice, shown) {
  const page = copy("page-beside");
  fill(slot(page, "answers"), now.path.map((step) => answerLine(guide, step, shown)));
  fill(slot(page, "ignored"), now.ignored.map((key) => item(guide.questions[key].title)));
  fill(slot(page, "advice"), advice.map((key) => adviceBox(guide, key, "h3")));
  return page;
}

// Puts parts into the list of a section, or after its heading; without parts it is left out.
function fill(section, parts) {
  if (parts.length) {
    (section.querySelector("[data-slot=list]") || section).append(...parts);
  } else {
    section.remove();
  }
}

function answerLine(guide, step, shown) {
  const { title, choices } = guide.questions[step.question];
  const line = copy("answer");
  slot(line, "question").textContent = title;
  slot(line, "choice").textContent = choices.find(([key]) => key === step.choice)[1];
  if (step.question === shown) {
    slot(line, "change").remove();
  } else {
    slot(line, "change").firstElementChild.href = address(step.question);
    slot(line, "changed").textContent = title;
  }
  return line;
}

function adviceBox(guide, key, level) {
  const box = document.createElement("div");
  box.className = `advice ${guide.outcomes[key].tone}`;
  box.append(titled(guide, key, level), copy(`outcome-${key}`));
  return box;
}

function conclusion(guide, key) {
  const step = item();
  step.className = `conclusion ${guide.outcomes[key].tone}`;
  step.append(titled(guide, key, "h2"), copy(`outcome-${key}`));
  return step;
}

function reasons(guide, now, key) {
  const list = document.createElement("ul");
  const rules = now.rules.filter((rule) => guide.rules[rule] === key);
  list.append(...rules.map((rule) => item(guide.reasons[rule])));
  return [titled(guide, key, "h3"), list];
}

function titled(guide, key, level) {
  const heading = document.createElement(level);
  heading.textContent = guide.outcomes[key].title;
  return heading;
}

function item(text = "") {
  const one = document.createElement("li");
  one.textContent = text;
  return one;
}
