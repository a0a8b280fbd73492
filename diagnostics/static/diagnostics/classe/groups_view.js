// The pupils on screen: a section for each group, and in it a row for each pupil. A row is built again only
// if it has changed.

import {
  createEditorHtml,
  createElement,
  createSelect,
  listenForChoices,
  query,
  requireValue,
} from "./dom.js";
import { countInWords, nameOf } from "./groups.js";
import { buildGroupOutcomes } from "./panels.js";

export class GroupsView {
  #root;
  #heading;
  #actions;
  #snapshot = /** @type {Snapshot} */ ({});
  /** @type {Map<Pupil, ShownRow>} */
  #rows = new Map();
  /** @type {WeakMap<Element, Pupil>} */
  #pupils = new WeakMap();
  /** @type {Map<string, Element>} */
  #sections = new Map(); // by the ids of groups

  /** @param {HTMLElement} root @param {HTMLElement} heading @param {Actions} actions */
  constructor(root, heading, actions) {
    this.#root = root;
    this.#heading = heading;
    this.#actions = actions;
    root.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement) this.#handleChange(target);
    });
    root.addEventListener("click", ({ target }) => {
      if (target instanceof HTMLElement) this.#handleClick(target);
    });
    listenForChoices(root, "[data-role=answer], [data-role=edit]", (list) => this.#answerForPupil(list));
  }

  clear() {
    this.#rows.clear();
    this.#sections.clear();
    this.#root.replaceChildren();
  }

  /** @param {Snapshot} snapshot */
  render(snapshot) {
    const focus = this.#findFocus();
    this.#snapshot = snapshot;
    for (const pupil of this.#rows.keys()) if (!snapshot.numbers.has(pupil)) this.#rows.delete(pupil);
    const sections = snapshot.groups.map((group) => this.#updateSection(group));
    arrangeChildren(this.#root, sections);
    const ids = new Set(snapshot.groups.map(({ id }) => id));
    for (const id of this.#sections.keys()) if (!ids.has(id)) this.#sections.delete(id);
    if (focus) this.#restoreFocus(focus);
  }

  /** @param {Group} group */
  #updateSection(group) {
    const section = this.#sections.get(group.id) ?? buildSection(group, this.#snapshot.guide);
    this.#sections.set(group.id, section);
    const rows = group.pupils.map((pupil) => this.#updateRow(pupil, group));
    arrangeChildren(query(section, ".rows"), rows);
    query(section, ".count").textContent = countInWords(rows.length, "élève");
    updateChecked(section);
    return section;
  }

  /** @param {Pupil} pupil @param {Group} group */
  #updateRow(pupil, group) {
    const { numbers, stateOf, guide } = this.#snapshot;
    const listed = { pupil, number: requireValue(numbers.get(pupil)), state: stateOf(pupil) };
    const fingerprint = JSON.stringify([listed.number, group.id, pupil.answers]);
    const before = this.#rows.get(pupil);
    if (before?.fingerprint === fingerprint && before.state === listed.state) return before.node;
    const node = buildRow(listed, group, guide);
    this.#pupils.set(node, pupil);
    this.#rows.set(pupil, { ...listed, node, fingerprint, groupId: group.id });
    if (before?.groupId === group.id) this.#copyOpenAndTicked(before.node, node);
    return node;
  }

  /** @param {HTMLElement} before @param {HTMLElement} node */
  #copyOpenAndTicked(before, node) {
    const box = query(node, "[data-role=check]", HTMLInputElement);
    box.checked = query(before, "[data-role=check]", HTMLInputElement).checked;
    const details = requireValue(node.querySelector("details"));
    details.open = requireValue(before.querySelector("details")).open;
    if (details.open) this.#fillDetails(details);
  }

  /** @param {HTMLInputElement} control */
  #handleChange(control) {
    const section = sectionOf(control);
    if (control.dataset.role === "all") {
      for (const box of boxesOf(section)) box.checked = control.checked;
    }
    if (control.type === "checkbox") updateChecked(section);
    if (control.dataset.role === "name") this.#renamePupil(control);
  }

  /** @param {HTMLInputElement} input */
  #renamePupil(input) {
    const pupil = this.#pupilOf(input);
    this.#actions.renamePupil(pupil, input.value.replace(/\s+/g, " ").trim());
    const { node, number } = this.#rowOf(input);
    for (const name of node.querySelectorAll(".name")) name.textContent = nameOf(pupil, number);
  }

  /** @param {HTMLSelectElement} list */
  #answerForPupil(list) {
    const pupil = this.#pupilOf(list);
    this.#actions.answerForPupils([pupil], list.dataset.question ?? this.#questionOf(list), list.value);
  }

  /** @param {HTMLElement} target */
  #handleClick(target) {
    /** @type {HTMLElement|null} */
    const control = target.closest("[data-role]");
    const role = control?.dataset.role;
    if (role === "modify") this.#fillDetails(requireValue(target.closest("details")));
    if (role === "remove") this.#actions.removePupils([this.#pupilOf(target)]);
    if (role === "remove-checked") this.#applyToChecked(target, this.#actions.removePupils);
    if (role === "apply") this.#answerForChecked(target);
  }

  /** Fills « Modifier » when it is first opened. @param {Element} details */
  #fillDetails(details) {
    if (details.childElementCount === 1) fillDetails(details, this.#rowOf(details), this.#snapshot.guide);
  }

  /** @param {HTMLElement} button */
  #answerForChecked(button) {
    const list = query(sectionOf(button), "[data-role=choice]", HTMLSelectElement);
    this.#applyToChecked(button, (pupils) => {
      if (!list.value) return showError(list, "Choisissez d’abord une réponse.");
      this.#actions.answerForPupils(pupils, this.#questionOf(button), list.value);
      list.value = "";
    });
  }

  /** @param {HTMLElement} button @param {Act} act */
  #applyToChecked(button, act) {
    const section = sectionOf(button);
    showError(section.querySelector("[data-role=choice]"), "");
    const checked = boxesOf(section).filter((box) => box.checked);
    if (checked.length) act(checked.map((box) => this.#pupilOf(box)));
    else showError(section.querySelector("[data-role=all]"), "Cochez d’abord des élèves.");
  }

  /** @param {Element} control of a row */
  #pupilOf(control) {
    return requireValue(this.#pupils.get(requireValue(control.closest(".pupil"))));
  }

  /** @param {Element} control */
  #rowOf(control) {
    return requireValue(this.#rows.get(this.#pupilOf(control)));
  }

  /** @param {Element} section */
  #groupOf(section) {
    return requireValue(this.#snapshot.groups.find(({ id }) => id === section.id));
  }

  /** Returns the key of the question that its group is asked. @param {Element} control */
  #questionOf(control) {
    return requireValue(this.#groupOf(sectionOf(control)).state?.question).key;
  }

  /** Returns where the focus is, and the pupils who may have it next; null if it is in no group. */
  #findFocus() {
    const control = document.activeElement;
    if (!(control instanceof HTMLElement && this.#root.contains(control))) return null;
    const section = sectionOf(control);
    const pupil = control.closest(".pupil") ? this.#pupilOf(control) : undefined;
    const { pupils } = this.#groupOf(section);
    const index = pupil ? pupils.indexOf(pupil) : -1;
    const next = [...pupils.slice(index + 1), ...pupils.slice(0, Math.max(index, 0)).reverse()];
    return { control, section, pupil, next, role: control.dataset.role };
  }

  /** Keeps the focus, or gives it to the next pupil of the group, or else to a heading. @param {Focus} focus */
  #restoreFocus({ control, section, pupil, next, role }) {
    if (control.isConnected && !control.hidden) return control.focus(); // moved, not built again
    const row = pupil && this.#rows.get(pupil);
    if (row && (role === "edit" || role === "name" || row.groupId === section.id)) {
      const sameRole = role === "answer" ? "answer" : "modify";
      return query(row.node, `[data-role=${sameRole}]`).focus();
    }
    const rows = pupil ? next.map((other) => this.#rows.get(other)) : [];
    const follower = rows.find((other) => other?.groupId === section.id);
    if (follower) return query(follower.node, "select, [data-role=modify]").focus();
    (section.isConnected ? query(section, "h3") : this.#heading).focus();
  }
}

/** @param {Element} control */
const sectionOf = (control) => requireValue(control.closest(".group"));

/** @param {Group} group @param {Guide} guide */
function buildSection(group, guide) {
  const heading = createElement("h3", { tabIndex: -1, id: `titre-${group.id}` }, `${group.title}\u00a0— `);
  heading.append(createElement("span", { className: "count" }));
  const attributes = { id: group.id, className: `group ${group.kind}`, "aria-labelledby": heading.id };
  const list = createElement("ol", { className: "rows", role: "list" });
  const introduction = buildIntroduction(group, guide);
  return createElement("section", attributes, heading, ...introduction, buildBar(group), list);
}

/** @param {Group} group @param {Guide} guide */
function buildIntroduction({ kind, state }, guide) {
  if (kind === "outcomes") {
    return [createElement("div", { className: "todo" }, ...buildGroupOutcomes(state, guide, "h4"))];
  }
  const help = kind === "question" && state.question.help_html;
  if (help) return [createEditorHtml(help, "help")];
  if (kind !== "school") return [];
  const text = "Répondez à cette question pour l’établissement";
  return [createElement("p", {}, createElement("a", { href: "#etablissement" }, text), ".")];
}

/** Builds what acts on the ticked pupils. @param {Group} group */
function buildBar(group) {
  const all = createElement("input", { type: "checkbox", "data-role": "all", id: `tous-${group.id}` });
  const which = createElement("span", { className: "hidden" }, `\u00a0: ${group.title}`);
  const label = createElement("label", { className: "who" }, all, "Tout cocher", which);
  const attributes = { type: "button", className: "link", "data-role": "remove-checked", hidden: true };
  const remove = createElement("button", attributes, "Retirer les élèves cochés");
  const error = createElement("p", { className: "wrong", role: "alert", id: `erreur-${group.id}` });
  const answer = group.kind === "question" ? buildAnswerForChecked(group.id, group.state.question) : [];
  return createElement("div", { className: "bar" }, label, ...answer, remove, error);
}

/** @param {string} id @param {AskedQuestion} question */
function buildAnswerForChecked(id, question) {
  const ofList = { id: `choix-${id}`, "data-role": "choice" };
  const list = createSelect(question.choices, "Choisir…", ofList);
  const label = createElement("label", { htmlFor: list.id }, "Réponse pour les élèves cochés");
  const ofButton = { type: "button", className: "button", "data-role": "apply" };
  const button = createElement("button", ofButton, "Appliquer");
  return [createElement("div", { className: "field" }, label, list), button];
}

/** @param {HTMLElement|null} control @param {string} message */
function showError(control, message) {
  if (!control) return;
  const error = query(requireValue(control.closest(".bar")), ".wrong");
  error.textContent = message;
  if (!message) return;
  control.setAttribute("aria-describedby", error.id);
  control.focus();
}

/** @param {Element} section */
function boxesOf(section) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = section.querySelectorAll("[data-role=check]");
  return [...boxes];
}

/** @param {Element} section */
function updateChecked(section) {
  const boxes = boxesOf(section);
  const checked = boxes.filter((box) => box.checked).length;
  query(section, "[data-role=all]", HTMLInputElement).checked = checked > 0 && checked === boxes.length;
  query(section, "[data-role=remove-checked]").hidden = checked === 0;
  const apply = section.querySelector("[data-role=apply]");
  if (apply) apply.textContent = checked ? `Appliquer à ${countInWords(checked, "élève")}` : "Appliquer";
  if (checked) query(section, ".wrong").textContent = "";
}

/**
 * Makes these nodes the children. It moves only those out of place, since what moves loses the focus.
 * @param {Element} parent
 * @param {Element[]} nodes
 */
function arrangeChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

// One row

/** @param {ListedPupil} listed @param {Group} group @param {Guide} guide */
function buildRow(listed, group, guide) {
  const isAsked = group.kind === "question";
  const className = isAsked ? "pupil to-ask" : "pupil";
  const row = createElement("li", { className }, buildCheckbox(listed));
  const labels = ownAnswers(listed, guide).map(({ label }) => label);
  row.append(createElement("p", { className: "given" }, labels.join(" · ")));
  if (isAsked) row.append(...buildQuestion(listed, group.state.question));
  const name = createElement("span", { className: "hidden" }, " ", buildName(listed));
  const summary = createElement("summary", { "data-role": "modify" }, "Modifier", name);
  row.append(createElement("details", { className: "modify" }, summary));
  return row;
}

/** @param {ListedPupil} listed */
function buildCheckbox(listed) {
  const box = createElement("input", { type: "checkbox", "data-role": "check" });
  const rank = createElement("span", { className: "number" }, `${listed.number}.`);
  return createElement("label", { className: "who" }, box, rank, " ", buildName(listed));
}

/** Builds a name that keeps its own direction, and that no translator changes. @param {ListedPupil} listed */
function buildName({ pupil, number }) {
  return createElement("bdi", { className: "name", translate: false }, nameOf(pupil, number));
}

/** @param {ListedPupil} listed @param {AskedQuestion} question */
function buildQuestion(listed, question) {
  const { pupil, number } = listed;
  const id = `reponse-${number}`;
  const attributes = { className: "hidden", htmlFor: id };
  const label = createElement("label", attributes, "Réponse pour ", buildName(listed));
  const list = createSelect(question.choices, "Choisir…", { id, "data-role": "answer" });
  list.value = pupil.answers[question.key] ?? "";
  const cell = pupil.asked[question.key];
  const field = createElement("div", { className: "pending" }, label, list);
  if (!cell) return [field];
  list.setAttribute("aria-describedby", `liste-${number}`);
  return [buildUnclearCell(cell, number), field];
}

/** @param {string} cell @param {number} number */
function buildUnclearCell(cell, number) {
  const quoted = createElement("bdi", { translate: false }, cell);
  const attributes = { id: `liste-${number}`, className: "unclear" };
  return createElement("p", attributes, "Dans votre liste\u00a0: «\u00a0", quoted, "\u00a0». À préciser.");
}

/**
 * Adds the pupil's name, each answer on the path, and a button that removes the pupil.
 * @type {FillDetails}
 */
function fillDetails(details, listed, guide) {
  const { pupil, number } = listed;
  const ofInput = { id: `nom-${number}`, value: pupil.name, autocomplete: "off", spellcheck: false };
  const input = createElement("input", { ...ofInput, "data-role": "name" });
  const fields = [buildField("Nom", input)];
  ownAnswers(listed, guide).forEach(({ question, choice }, index) => {
    const id = `modifier-${number}-${index}`;
    const attributes = { id, "data-role": "edit", "data-question": question.key };
    const list = createSelect(question.choices, "À demander", attributes);
    list.value = choice;
    fields.push(buildField(question.title, list));
  });
  const attributes = { type: "button", className: "button second", "data-role": "remove" };
  const button = createElement("button", attributes, "Retirer cet élève");
  details.append(createElement("div", { className: "fields" }, ...fields, button));
}

/** @param {string} label @param {HTMLElement} control */
function buildField(label, control) {
  const attributes = { className: "field" };
  return createElement("div", attributes, createElement("label", { htmlFor: control.id }, label), control);
}

/**
 * Returns the pupil's own answers in the path's order; all of them while the path is not known.
 * @param {ListedPupil} listed
 * @param {Guide} guide
 */
function ownAnswers({ pupil, state }, guide) {
  const onPath = state?.answers.map(({ question }) => question);
  const keys = onPath ?? guide.questions.map(({ key }) => key);
  const answered = keys.filter((key) => pupil.answers[key]);
  return answered.map((key) => {
    const question = requireValue(guide.questions.find((other) => other.key === key));
    const choice = requireValue(question.choices.find((other) => other.key === pupil.answers[key]));
    return { question, choice: choice.key, label: choice.label };
  });
}
