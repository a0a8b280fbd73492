// The form in which the visitor confirms what each column of a list contains.

import { createElement, createSelect, query } from "./dom.js";
import { countInWords } from "./groups.js";
import * as matching from "./matching.js";

const MAX_SAMPLES = 3;

export class ColumnForm {
  #section;
  #titlesBox;
  #error;
  #confirmButton;
  /** @type {Table} */
  #table = [];
  /** @type {Question[]} */
  #questions = [];
  /** @type {Question[]} */
  #schoolQuestions = [];
  /** @type {string[]} */
  #roles = [];

  /**
   * @param {HTMLElement} section
   * @param {(pupils: Pupil[]) => void} addPupils
   */
  constructor(section, addPupils) {
    this.#section = section;
    this.#titlesBox = query(section, "#titres", HTMLInputElement);
    this.#error = query(section, ".wrong");
    this.#confirmButton = query(section, "#confirmer");
    this.#titlesBox.addEventListener("change", () => this.#guessRoles());
    section.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) this.#changeRole(target);
    });
    this.#confirmButton.addEventListener("click", () => this.#checkRoles() && addPupils(this.#readPupils()));
  }

  /**
   * @param {Table} table
   * @param {Question[]} questions
   * @param {Question[]} schoolQuestions
   */
  open(table, questions, schoolQuestions) {
    [this.#table, this.#questions, this.#schoolQuestions] = [table, questions, schoolQuestions];
    this.#titlesBox.checked = matching.hasTitles(table, questions);
    this.#guessRoles();
    this.#section.hidden = false;
    query(this.#section, "h3").focus();
  }

  close() {
    [this.#table, this.#section.hidden] = [[], true];
    query(this.#section, ".columns").replaceChildren();
  }

  #rows() {
    return this.#titlesBox.checked ? this.#table.slice(1) : this.#table;
  }

  /** @param {number} index */
  #cells(index) {
    return matching.cellsOf(this.#rows(), index);
  }

  #readPupils() {
    return matching.readPupils(this.#rows(), this.#roles, this.#questions);
  }

  #guessRoles() {
    const [questions, schoolQuestions] = [this.#questions, this.#schoolQuestions];
    this.#roles = matching.guessRoles(this.#table, this.#titlesBox.checked, questions, schoolQuestions);
    const columns = this.#roles.map((role, index) => this.#buildColumn(role, index));
    query(this.#section, ".columns").replaceChildren(...columns);
    this.#update();
  }

  /** @param {string} role @param {number} index */
  #buildColumn(role, index) {
    const id = `colonne-${index}`;
    const label = createElement("label", { htmlFor: id }, `Colonne ${index + 1}`);
    if (this.#titlesBox.checked) label.append("\u00a0: ", createElement("bdi", {}, this.#table[0][index]));
    const cells = new Set(this.#cells(index).filter(Boolean));
    const attributes = { id: `${id}-exemples`, className: "help", translate: false };
    const samples = createElement("p", attributes, [...cells].slice(0, MAX_SAMPLES).join(" · "));
    const describedBy = { id, "aria-describedby": `${id}-exemples ${id}-lu` };
    const list = createSelect(this.#roleChoices(index), "Ignorer cette colonne", describedBy);
    list.value = role;
    const reading = createElement("p", { id: `${id}-lu`, className: "help read" });
    return createElement("li", {}, label, samples, list, reading);
  }

  /**
   * A question about the school is a choice only if all cells of the column agree on its answer.
   * @param {number} index
   */
  #roleChoices(index) {
    const cells = this.#cells(index);
    const schoolQuestions = this.#schoolQuestions.filter((other) => matching.isAgreed(cells, other));
    const questions = [...this.#questions.filter(matching.isAboutPupil), ...schoolQuestions];
    return [
      { key: matching.LAST_NAME, label: "Nom" },
      { key: matching.FIRST_NAME, label: "Prénom" },
      { key: matching.CLASS, label: "Classe" },
      ...questions.map(({ key, title }) => ({ key: matching.roleOf(key), label: title })),
    ];
  }

  /** @param {HTMLSelectElement} list */
  #changeRole(list) {
    this.#roles[Number(list.id.split("-")[1])] = list.value;
    this.#update();
  }

  #update() {
    this.#error.textContent = "";
    this.#confirmButton.textContent = `Ajouter ${countInWords(this.#readPupils().length, "élève")}`;
    this.#section.querySelectorAll(".read").forEach((place, index) => {
      const question = this.#questions.find(({ key }) => matching.roleOf(key) === this.#roles[index]);
      place.textContent = question ? this.#readingInWords(index, question) : "";
    });
  }

  /** @param {number} index @param {Question} question */
  #readingInWords(index, question) {
    const { understood, unclear } = matching.countReadable(this.#cells(index), question);
    const words = `${countInWords(understood, "réponse")} ${understood > 1 ? "comprises" : "comprise"}`;
    return unclear ? `${words}, ${unclear} à préciser ensuite.` : `${words}.`;
  }

  #checkRoles() {
    const roles = this.#roles.filter(matching.isQuestionRole);
    const isTwice = new Set(roles).size < roles.length;
    if (!isTwice && this.#readPupils().length) return true;
    this.#error.textContent = isTwice
      ? "Deux colonnes répondent à la même question\u00a0: gardez-en une."
      : "Aucun élève dans ces colonnes.";
    query(this.#section, "select").focus();
    return false;
  }
}
