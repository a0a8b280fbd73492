// The form in which the visitor confirms what each column of a list contains.

import { createElement, createSelect } from "./dom.js";
import { countInWords } from "./groups.js";
import * as matching from "./matching.js";

/** @import {Pupil, Question} from "./types.js" */

const MAX_SAMPLES = 3;

export class ColumnForm {
  #section;
  #titlesBox;
  #error;
  #confirmButton;
  #table = [];
  #questions = [];
  #schoolQuestions = [];
  #roles = [];

  /**
   * @param {HTMLElement} section
   * @param {(pupils: Pupil[]) => void} addPupils
   */
  constructor(section, addPupils) {
    this.#section = section;
    this.#titlesBox = section.querySelector("#titres");
    this.#error = section.querySelector(".wrong");
    this.#confirmButton = section.querySelector("#confirmer");
    this.#titlesBox.addEventListener("change", () => this.#guessRoles());
    section.addEventListener("change", (event) => this.#changeRole(event.target));
    this.#confirmButton.addEventListener("click", () => this.#checkRoles() && addPupils(this.#readPupils()));
  }

  /**
   * @param {string[][]} table
   * @param {Question[]} questions of the guide
   * @param {Question[]} schoolQuestions that the school has not answered
   */
  open(table, questions, schoolQuestions) {
    [this.#table, this.#questions, this.#schoolQuestions] = [table, questions, schoolQuestions];
    this.#titlesBox.checked = matching.hasTitles(table, questions);
    this.#guessRoles();
    this.#section.hidden = false;
    this.#section.querySelector("h3").focus();
  }

  close() {
    [this.#table, this.#section.hidden] = [[], true];
    this.#section.querySelector(".columns").replaceChildren();
  }

  #rows() {
    return this.#titlesBox.checked ? this.#table.slice(1) : this.#table;
  }

  #readPupils() {
    return matching.readPupils(this.#rows(), this.#roles, this.#questions);
  }

  #guessRoles() {
    const [questions, schoolQuestions] = [this.#questions, this.#schoolQuestions];
    this.#roles = matching.guessRoles(this.#table, this.#titlesBox.checked, questions, schoolQuestions);
    const columns = this.#roles.map((role, index) => this.#buildColumn(role, index));
    this.#section.querySelector(".columns").replaceChildren(...columns);
    this.#update();
  }

  #buildColumn(role, index) {
    const id = `colonne-${index}`;
    const label = createElement("label", { htmlFor: id }, `Colonne ${index + 1}`);
    if (this.#titlesBox.checked) label.append("\u00a0: ", createElement("bdi", {}, this.#table[0][index]));
    const cells = new Set(this.#rows().map((row) => row[index]).filter(Boolean));
    const attributes = { id: `${id}-exemples`, className: "help", translate: false };
    const samples = createElement("p", attributes, [...cells].slice(0, MAX_SAMPLES).join(" · "));
    const describedBy = { id, "aria-describedby": `${id}-exemples ${id}-lu` };
    const list = createSelect(this.#roleChoices(index), "Ne pas reprendre", describedBy);
    list.value = role;
    const reading = createElement("p", { id: `${id}-lu`, className: "help read" });
    return createElement("li", {}, label, samples, list, reading);
  }

  /** A question about the school is a choice only if all cells of the column agree on its answer. */
  #roleChoices(index) {
    const isAgreed = (question) => matching.isAgreed(this.#rows(), index, question);
    const schoolQuestions = this.#schoolQuestions.filter(isAgreed);
    const questions = [...this.#questions.filter(matching.isAboutPupil), ...schoolQuestions];
    return [
      { key: matching.LAST_NAME, label: "Nom" },
      { key: matching.FIRST_NAME, label: "Prénom" },
      { key: matching.CLASS, label: "Classe" },
      ...questions.map(({ key, title }) => ({ key: matching.roleOf(key), label: title })),
    ];
  }

  #changeRole(list) {
    if (list.tagName !== "SELECT") return;
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

  #readingInWords(index, question) {
    const { understood, unclear } = matching.countReadable(this.#rows(), index, question);
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
    this.#section.querySelector("select").focus();
    return false;
  }
}
