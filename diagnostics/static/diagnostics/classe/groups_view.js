// The pupils on screen, group by group. A row is built again only if it has changed.

import { createEditorHtml, createElement, createSelect, listenForChoices } from "./dom.js";
import { countInWords } from "./groups.js";
import { buildGroupOutcomes } from "./panels.js";
import { buildRow, fillDetails, updateName } from "./row.js";

/** @import {Actions, Snapshot} from "./types.js" */

export class GroupsView {
  #root;
  #heading;
  #actions;
  /** @type {Snapshot} */
  #snapshot;
  #rows = new Map(); // pupil → row, and what it was built from
  #pupils = new WeakMap(); // row → pupil
  #sections = new Map(); // id of a group → section

  /** @param {HTMLElement} root @param {HTMLElement} heading @param {Actions} actions */
  constructor(root, heading, actions) {
    [this.#root, this.#heading, this.#actions] = [root, heading, actions];
    root.addEventListener("change", (event) => this.#handleChange(event.target));
    root.addEventListener("click", (event) => this.#handleClick(event.target));
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

  #updateSection(group) {
    const section = this.#sections.get(group.id) ?? buildSection(group, this.#snapshot.guide);
    this.#sections.set(group.id, section);
    const rows = group.pupils.map((pupil) => this.#updateRow(pupil, group));
    arrangeChildren(section.querySelector(".rows"), rows);
    section.querySelector(".count").textContent = countInWords(rows.length, "élève");
    updateChecked(section);
    return section;
  }

  #updateRow(pupil, group) {
    const { numbers, stateOf, guide } = this.#snapshot;
    const [number, state] = [numbers.get(pupil), stateOf(pupil)];
    const fingerprint = JSON.stringify([number, group.id, pupil.answers]);
    const before = this.#rows.get(pupil);
    if (before?.fingerprint === fingerprint && before.state === state) return before.node;
    const node = buildRow(pupil, number, group, state, guide);
    this.#pupils.set(node, pupil);
    this.#rows.set(pupil, { node, number, fingerprint, state, groupId: group.id });
    if (before?.groupId === group.id) this.#copyOpenAndTicked(before.node, node);
    return node;
  }

  #copyOpenAndTicked(before, node) {
    node.querySelector("[data-role=check]").checked = before.querySelector("[data-role=check]").checked;
    const details = node.querySelector("details");
    details.open = before.querySelector("details").open;
    if (details.open) this.#fillDetails(details);
  }

  #handleChange(control) {
    const section = control.closest(".group");
    if (control.dataset.role === "all") {
      for (const box of boxesOf(section)) box.checked = control.checked;
    }
    if (control.type === "checkbox") updateChecked(section);
    if (control.dataset.role === "name") this.#renamePupil(control);
  }

  #renamePupil(input) {
    const pupil = this.#pupilOf(input);
    this.#actions.renamePupil(pupil, input.value.replace(/\s+/g, " ").trim());
    const { node, number } = this.#rows.get(pupil);
    updateName(node, pupil, number);
  }

  #answerForPupil(list) {
    const pupil = this.#pupilOf(list);
    const question = list.dataset.question ?? this.#groupOf(list).state.question.key;
    this.#actions.answerForPupils([pupil], question, list.value);
  }

  #handleClick(target) {
    const role = target.closest("[data-role]")?.dataset.role;
    if (role === "modify") this.#fillDetails(target.closest("details"));
    if (role === "remove") this.#actions.removePupils([this.#pupilOf(target)]);
    if (role === "remove-checked") this.#applyToChecked(target, this.#actions.removePupils);
    if (role === "apply") this.#answerForChecked(target);
  }

  #fillDetails(details) {
    const pupil = this.#pupilOf(details);
    const { number, state } = this.#rows.get(pupil);
    fillDetails(details, pupil, number, state, this.#snapshot.guide);
  }

  #answerForChecked(button) {
    const list = button.closest(".group").querySelector("[data-role=choice]");
    this.#applyToChecked(button, (pupils) => {
      if (!list.value) return showError(list, "Choisissez d’abord une réponse.");
      this.#actions.answerForPupils(pupils, this.#groupOf(button).state.question.key, list.value);
      list.value = "";
    });
  }

  #applyToChecked(button, act) {
    const section = button.closest(".group");
    showError(section.querySelector("[data-role=choice]"), "");
    const checked = boxesOf(section).filter((box) => box.checked).map((box) => this.#pupilOf(box));
    if (checked.length) act(checked);
    else showError(section.querySelector("[data-role=all]"), "Cochez d’abord des élèves.");
  }

  #pupilOf(control) {
    return this.#pupils.get(control.closest(".pupil"));
  }

  #groupOf(control) {
    const id = control.closest(".group").id;
    return this.#snapshot.groups.find((group) => group.id === id);
  }

  /** Returns where the focus is, and the pupils who may have it next; null if it is in no group. */
  #findFocus() {
    const control = document.activeElement;
    const section = control.closest(".group");
    if (!section || !this.#root.contains(section)) return null;
    const pupil = this.#pupilOf(control);
    const { pupils } = this.#groupOf(section);
    const index = pupils.indexOf(pupil);
    const next = [...pupils.slice(index + 1), ...pupils.slice(0, Math.max(index, 0)).reverse()];
    return { control, section, pupil, next, role: control.dataset.role };
  }

  /** Keeps the focus, or gives it to the next pupil of the group, or else to a heading. */
  #restoreFocus({ control, section, pupil, next, role }) {
    if (control.isConnected && !control.hidden) return control.focus(); // moved, not built again
    const row = this.#rows.get(pupil);
    if (row && (["edit", "name"].includes(role) || row.groupId === section.id)) {
      const sameRole = role === "answer" ? "answer" : "modify";
      return row.node.querySelector(`[data-role=${sameRole}]`).focus();
    }
    const follower = pupil && next.find((other) => this.#rows.get(other)?.groupId === section.id);
    const target = follower && this.#rows.get(follower).node.querySelector("select, [data-role=modify]");
    (target ?? (section.isConnected ? section.querySelector("h3") : this.#heading)).focus();
  }
}

function buildSection(group, guide) {
  const heading = createElement("h3", { tabIndex: -1, id: `titre-${group.id}` }, `${group.title}\u00a0— `);
  heading.append(createElement("span", { className: "count" }));
  const attributes = { id: group.id, className: `group ${group.kind}`, "aria-labelledby": heading.id };
  const list = createElement("ol", { className: "rows", role: "list" });
  const introduction = buildIntroduction(group, guide);
  return createElement("section", attributes, heading, ...introduction, buildBar(group), list);
}

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

/** Builds what acts on the ticked pupils. */
function buildBar(group) {
  const all = createElement("input", { type: "checkbox", "data-role": "all", id: `tous-${group.id}` });
  const label = createElement("label", { className: "who" }, all, "Tout cocher");
  const attributes = { type: "button", className: "link", "data-role": "remove-checked", hidden: true };
  const remove = createElement("button", attributes, "Retirer les élèves cochés");
  const error = createElement("p", { className: "wrong", role: "alert", id: `erreur-${group.id}` });
  const answer = group.kind === "question" ? buildAnswerForChecked(group) : [];
  return createElement("div", { className: "bar" }, label, ...answer, remove, error);
}

function buildAnswerForChecked({ id, state }) {
  const ofList = { id: `choix-${id}`, "data-role": "choice" };
  const list = createSelect(state.question.choices, "Choisir…", ofList);
  const label = createElement("label", { htmlFor: list.id }, "Réponse pour les élèves cochés");
  const ofButton = { type: "button", className: "button", "data-role": "apply" };
  const button = createElement("button", ofButton, "Appliquer");
  return [createElement("div", { className: "field" }, label, list), button];
}

function showError(control, message) {
  if (!control) return;
  const error = control.closest(".bar").querySelector(".wrong");
  error.textContent = message;
  if (!message) return;
  control.setAttribute("aria-describedby", error.id);
  control.focus();
}

function boxesOf(section) {
  return [...section.querySelectorAll("[data-role=check]")];
}

function updateChecked(section) {
  const boxes = boxesOf(section);
  const checked = boxes.filter((box) => box.checked).length;
  section.querySelector("[data-role=all]").checked = checked > 0 && checked === boxes.length;
  section.querySelector("[data-role=remove-checked]").hidden = checked === 0;
  const apply = section.querySelector("[data-role=apply]");
  if (apply) apply.textContent = checked ? `Appliquer à ${countInWords(checked, "élève")}` : "Appliquer";
  if (checked) section.querySelector(".wrong").textContent = "";
}

/** Makes these nodes the children. It moves only those out of place, since what moves loses the focus. */
function arrangeChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
