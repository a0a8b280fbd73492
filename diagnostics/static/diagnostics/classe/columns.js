// Between a table and the pupils: what each column is, guessed, seen and confirmed.

import { element, select } from "./dom.js";
import { count } from "./groups.js";
import * as matching from "./matching.js";

/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./types.js").Pupil} Pupil */

const SAMPLES = 3;

export class Columns {
  #section;
  #titled;
  #error;
  #confirm;
  #table = [];
  #questions = [];
  #schools = [];
  #roles = [];

  /**
   * @param {HTMLElement} section
   * @param {(pupils: Pupil[]) => void} add
   */
  constructor(section, add) {
    this.#section = section;
    this.#titled = section.querySelector("#titres");
    this.#error = section.querySelector(".wrong");
    this.#confirm = section.querySelector("#confirmer");
    this.#titled.addEventListener("change", () => this.#guess());
    section.addEventListener("change", (event) => this.#changed(event.target));
    this.#confirm.addEventListener("click", () => this.#check() && add(this.#pupils()));
  }

  /**
   * @param {string[][]} table
   * @param {Question[]} questions all of the guide's
   * @param {Question[]} schools those of the school that it has not answered
   */
  open(table, questions, schools) {
    [this.#table, this.#questions, this.#schools] = [table, questions, schools];
    this.#titled.checked = matching.hasTitles(table, questions);
    this.#guess();
    this.#section.hidden = false;
    this.#section.querySelector("h3").focus();
  }

  close() {
    [this.#table, this.#section.hidden] = [[], true];
    this.#section.querySelector(".columns").replaceChildren();
  }

  #rows() {
    return this.#titled.checked ? this.#table.slice(1) : this.#table;
  }

  #pupils() {
    return matching.toPupils(this.#rows(), this.#roles, this.#questions);
  }

  #guess() {
    const [questions, schools] = [this.#questions, this.#schools];
    this.#roles = matching.guessColumns(this.#table, this.#titled.checked, questions, schools);
    const columns = this.#roles.map((role, at) => this.#column(role, at));
    this.#section.querySelector(".columns").replaceChildren(...columns);
    this.#update();
  }

  #column(role, at) {
    const id = `colonne-${at}`;
    const label = element("label", { htmlFor: id }, `Colonne ${at + 1}`);
    if (this.#titled.checked) label.append("\u00a0: ", element("bdi", {}, this.#table[0][at]));
    const samples = [...new Set(this.#rows().map((row) => row[at]).filter(Boolean))].slice(0, SAMPLES);
    const described = { id, "aria-describedby": `${id}-exemples ${id}-lu` };
    const list = select(this.#choices(at), "Ne pas reprendre", described);
    list.value = role;
    const shown = { id: `${id}-exemples`, className: "help", translate: false };
    const read = element("p", { id: `${id}-lu`, className: "help read" });
    return element("li", {}, label, element("p", shown, samples.join(" · ")), list, read);
  }

  /** Of the school, only what all rows of the column answer alike. */
  #choices(at) {
    const alike = this.#schools.filter((one) => matching.agree(this.#rows(), at, one));
    const asked = [...this.#questions.filter(matching.isPupils), ...alike];
    return [
      { key: matching.LAST_NAME, label: "Nom" },
      { key: matching.FIRST_NAME, label: "Prénom" },
      { key: matching.CLASS, label: "Classe" },
      ...asked.map(({ key, title }) => ({ key: matching.asRole(key), label: title })),
    ];
  }

  #changed(list) {
    if (list.tagName !== "SELECT") return;
    this.#roles[Number(list.id.split("-")[1])] = list.value;
    this.#update();
  }

  #update() {
    this.#error.textContent = "";
    this.#confirm.textContent = `Ajouter ${count(this.#pupils().length, "élève")}`;
    this.#section.querySelectorAll(".read").forEach((place, at) => {
      const question = this.#questions.find(({ key }) => key === matching.questionOf(this.#roles[at]));
      place.textContent = question ? reading(matching.readability(this.#rows(), at, question)) : "";
    });
  }

  #check() {
    const asked = this.#roles.filter(matching.questionOf);
    const isTwice = new Set(asked).size < asked.length;
    if (!isTwice && this.#pupils().length) return true;
    this.#error.textContent = isTwice
      ? "Deux colonnes répondent à la même question\u00a0: gardez-en une."
      : "Aucun élève dans ces colonnes.";
    this.#section.querySelector("select").focus();
    return false;
  }
}

function reading({ understood, unclear }) {
  const known = `${count(understood, "réponse")} ${understood > 1 ? "comprises" : "comprise"}`;
  return unclear ? `${known}, ${unclear} à préciser ensuite.` : `${known}.`;
}
