// The class, group by group. Only what has changed is made anew.

import { editorsHtml, element, onChosen, select } from "./dom.js";
import { count } from "./groups.js";
import { groupSteps } from "./panels.js";
import { buildRow, fillModify, rename } from "./row.js";

/** @typedef {import("./types.js").Group} Group */
/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./types.js").Pupil} Pupil */
/** @typedef {import("./types.js").State} State */

/**
 * What is shown; `source` tells what paper comes from.
 * @typedef {{pupils: Pupil[], groups: Group[], guide: Guide, source: string,
 *   stateOf: (pupil: Pupil) => State|undefined}} Shown
 */

/**
 * What is done to pupils.
 * @typedef {{answer: (pupils: Pupil[], question: string, choice: string) => void,
 *   rename: (pupil: Pupil, name: string) => void, remove: (pupils: Pupil[]) => void}} Actions
 */

export class Table {
  #root;
  #heading;
  #actions;
  /** @type {Shown} */
  #shown;
  #rows = new Map();
  #pupils = new WeakMap(); // row → pupil
  #sections = new Map();

  /** @param {HTMLElement} root @param {HTMLElement} heading @param {Actions} actions */
  constructor(root, heading, actions) {
    [this.#root, this.#heading, this.#actions] = [root, heading, actions];
    root.addEventListener("change", (event) => this.#changed(event.target));
    root.addEventListener("click", (event) => this.#clicked(event.target));
    onChosen(root, "[data-role=answer], [data-role=edit]", (list) => this.#chosen(list));
  }

  /** Forgets what was shown, for a new guide. */
  clear() {
    this.#rows.clear();
    this.#sections.clear();
    this.#root.replaceChildren();
  }

  /** @param {Shown} shown */
  render(shown) {
    const focused = this.#focused();
    this.#shown = shown;
    const numbers = new Map(shown.pupils.map((pupil, at) => [pupil, at + 1]));
    for (const pupil of this.#rows.keys()) if (!numbers.has(pupil)) this.#rows.delete(pupil);
    const sections = shown.groups.map((group) => this.#section(group, numbers));
    arrange(this.#root, sections);
    const ids = new Set(shown.groups.map(({ id }) => id));
    for (const id of this.#sections.keys()) if (!ids.has(id)) this.#sections.delete(id);
    if (focused) this.#refocus(focused);
  }

  #section(group, numbers) {
    const section = this.#sections.get(group.id) ?? buildSection(group, this.#shown.guide);
    this.#sections.set(group.id, section);
    const rows = group.pupils.map((pupil) => this.#row(pupil, numbers.get(pupil), group));
    arrange(section.querySelector(".rows"), rows);
    section.querySelector(".count").textContent = count(rows.length, "élève");
    updateChecked(section);
    return section;
  }

  #row(pupil, number, group) {
    const state = this.#shown.stateOf(pupil);
    const print = JSON.stringify([number, group.id, pupil.answers]);
    const known = this.#rows.get(pupil);
    if (known?.print === print && known.state === state) return known.node;
    const node = buildRow(pupil, number, group, state, this.#shown.guide);
    this.#pupils.set(node, pupil);
    this.#rows.set(pupil, { node, number, print, state, groupId: group.id });
    if (known?.groupId === group.id) this.#carryOver(known.node, node);
    return node;
  }

  /** A row that is made anew where it was stays ticked, and open. */
  #carryOver(before, node) {
    node.querySelector("[data-role=check]").checked = before.querySelector("[data-role=check]").checked;
    const details = node.querySelector("details");
    details.open = before.querySelector("details").open;
    if (details.open) this.#open(details);
  }

  #changed(control) {
    const section = control.closest(".group");
    if (control.dataset.role === "all") {
      for (const box of boxes(section)) box.checked = control.checked;
    }
    if (control.type === "checkbox") updateChecked(section);
    if (control.dataset.role === "name") this.#renamed(control);
  }

  #renamed(input) {
    const pupil = this.#pupilOf(input);
    this.#actions.rename(pupil, input.value.replace(/\s+/g, " ").trim());
    const { node, number } = this.#rows.get(pupil);
    rename(node, pupil, number);
  }

  #chosen(list) {
    const pupil = this.#pupilOf(list);
    const question = list.dataset.question ?? this.#groupOf(list).state.question.key;
    this.#actions.answer([pupil], question, list.value);
  }

  #clicked(target) {
    const role = target.closest("[data-role]")?.dataset.role;
    if (role === "modify") this.#open(target.closest("details"));
    if (role === "remove") this.#actions.remove([this.#pupilOf(target)]);
    if (role === "remove-checked") this.#forChecked(target, (pupils) => this.#actions.remove(pupils));
    if (role === "apply") this.#apply(target);
  }

  #open(details) {
    const pupil = this.#pupilOf(details);
    const { number, state } = this.#rows.get(pupil);
    fillModify(details, pupil, number, state, this.#shown.guide);
  }

  #apply(button) {
    const list = button.closest(".group").querySelector("[data-role=choice]");
    this.#forChecked(button, (pupils) => {
      if (!list.value) return complain(list, "Choisissez d’abord une réponse.");
      this.#actions.answer(pupils, this.#groupOf(button).state.question.key, list.value);
      list.value = "";
    });
  }

  #forChecked(button, act) {
    const section = button.closest(".group");
    complain(section.querySelector("[data-role=choice]"), "");
    const checked = boxes(section).filter((box) => box.checked).map((box) => this.#pupilOf(box));
    if (checked.length) act(checked);
    else complain(section.querySelector("[data-role=all]"), "Cochez d’abord des élèves.");
  }

  #pupilOf(control) {
    return this.#pupils.get(control.closest(".pupil"));
  }

  #groupOf(control) {
    const id = control.closest(".group").id;
    return this.#shown.groups.find((group) => group.id === id);
  }

  /** Where the focus is, and who comes next in that group. */
  #focused() {
    const control = document.activeElement;
    const section = control.closest(".group");
    if (!section || !this.#root.contains(section)) return null;
    const pupil = this.#pupilOf(control);
    const inGroup = this.#groupOf(section).pupils;
    const at = inGroup.indexOf(pupil);
    const next = [...inGroup.slice(at + 1), ...inGroup.slice(0, Math.max(at, 0)).reverse()];
    return { control, section, pupil, next, role: control.dataset.role };
  }

  /** Stays, or goes on with the next pupil of the group, or else to the group's or page's heading. */
  #refocus({ control, section, pupil, next, role }) {
    if (control.isConnected && !control.hidden) return control.focus(); // moved, not made anew
    const row = this.#rows.get(pupil);
    if (row && (["edit", "name"].includes(role) || row.groupId === section.id)) {
      const same = role === "answer" ? "answer" : "modify";
      return row.node.querySelector(`[data-role=${same}]`).focus();
    }
    const follower = pupil && next.find((one) => this.#rows.get(one)?.groupId === section.id);
    const target = follower && this.#rows.get(follower).node.querySelector("select, [data-role=modify]");
    (target ?? (section.isConnected ? section.querySelector("h3") : this.#heading)).focus();
  }
}

function buildSection(group, guide) {
  const heading = element("h3", { tabIndex: -1, id: `titre-${group.id}` }, `${group.title}\u00a0— `);
  heading.append(element("span", { className: "count" }));
  const attributes = { id: group.id, className: `group ${group.kind}`, "aria-labelledby": heading.id };
  const list = element("ol", { className: "rows", role: "list" });
  return element("section", attributes, heading, ...introduction(group, guide), bar(group), list);
}

function introduction(group, guide) {
  const { kind, state } = group;
  if (kind === "outcomes") return [element("div", { className: "todo" }, ...groupSteps(state, guide, "h4"))];
  if (kind === "question" && state.question.help_html) return [editorsHtml(state.question.help_html, "help")];
  if (kind !== "school") return [];
  const link = element("a", { href: "#etablissement" }, "Répondez à cette question pour l’établissement");
  return [element("p", {}, link, ".")];
}

/** What is done to the pupils who are ticked. */
function bar(group) {
  const all = element("input", { type: "checkbox", "data-role": "all", id: `tous-${group.id}` });
  const made = element("div", { className: "bar" }, element("label", { className: "who" }, all, "Tout cocher"));
  if (group.kind === "question") made.append(...bulk(group));
  const away = { type: "button", className: "link", "data-role": "remove-checked", hidden: true };
  made.append(element("button", away, "Retirer les élèves cochés"));
  made.append(element("p", { className: "wrong", role: "alert", id: `erreur-${group.id}` }));
  return made;
}

function bulk({ id, state }) {
  const list = select(state.question.choices, "Choisir…", { id: `choix-${id}`, "data-role": "choice" });
  const label = element("label", { htmlFor: list.id }, "Réponse pour les élèves cochés");
  const button = element("button", { type: "button", className: "button", "data-role": "apply" }, "Appliquer");
  return [element("div", { className: "field" }, label, list), button];
}

function complain(control, words) {
  if (!control) return;
  const place = control.closest(".bar").querySelector(".wrong");
  place.textContent = words;
  if (!words) return;
  control.setAttribute("aria-describedby", place.id);
  control.focus();
}

function boxes(section) {
  return [...section.querySelectorAll("[data-role=check]")];
}

function updateChecked(section) {
  const all = boxes(section);
  const checked = all.filter((box) => box.checked).length;
  section.querySelector("[data-role=all]").checked = checked > 0 && checked === all.length;
  section.querySelector("[data-role=remove-checked]").hidden = checked === 0;
  const apply = section.querySelector("[data-role=apply]");
  if (apply) apply.textContent = checked ? `Appliquer à ${count(checked, "élève")}` : "Appliquer";
  if (checked) section.querySelector(".wrong").textContent = "";
}

/** Makes these the children, and touches none that is in its place: what moves loses its focus. */
function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}
