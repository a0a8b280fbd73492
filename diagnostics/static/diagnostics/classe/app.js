// Class mode: one school, its pupils, and what each of them has to do. Names never leave this page.
//
// `lists` turns text into cells and back, `matching` finds what cells mean, and `columns` lets the visitor
// confirm it. `store` is the memory of this tab, `evaluation` calls the server, `groups` sorts the pupils;
// `groups_view`, `row` and `panels` show and print them. `dom` has helpers, `types` the shared types.

import { ColumnForm } from "./columns.js";
import { createElement } from "./dom.js";
import { Evaluation, ServiceError } from "./evaluation.js";
import { countInWords, groupPupils, movesInWords, schoolAdvice } from "./groups.js";
import { GroupsView } from "./groups_view.js";
import { buildTable, decodeText, formatCsv, isWorkbook, readTable } from "./lists.js";
import * as matching from "./matching.js";
import { buildGroupSheets, buildOutcome, buildSlips, showSchoolQuestions, showSummary } from "./panels.js";
import * as store from "./store.js";

/** @import {Pupil} from "./types.js" */

const WORKBOOK_REFUSED =
  "C’est un classeur. Enregistrez-le au format CSV, ou copiez ses cellules et collez-les dans la liste.";
const NOTHING_LOST = "Rien n’est perdu\u00a0: vos élèves et leurs réponses sont gardés.";
const GUIDE_CHANGING = "Le guide est en train de changer. Réessayez dans une minute.";
const MAX_GUIDE_CHANGES = 3; // in a row: after more, the servers do not agree
const MAX_FILE_BYTES = 2_000_000;
const SLOW_CALL_MS = 500; // a call that takes longer is announced
const MESSAGE_MS = 5_000; // how long a message is shown

const elementById = (id) => document.getElementById(id);
const root = elementById("classe");
const { slug, version } = root.dataset;
const evaluation = new Evaluation(root.dataset);
const actions = { answerForPupils, renamePupil, removePupils };
const groupsView = new GroupsView(root.querySelector(".groups"), elementById("tri-titre"), actions);
const columnForm = new ColumnForm(elementById("colonnes"), addPupils);

let schoolClass = store.loadClass(slug);
let groups = [];
let shownGroups = new Map(); // pupil → the group that was shown
let shownStates = new Map(); // pupil → the state that was shown
let isUpdating = false;
let buildSheets = buildGroupSheets;
let messageTimer;

root.hidden = false;
elementById("liste").value = schoolClass.typed;
elementById("sans-script").hidden = true;
addListeners();
updateClass();

function addListeners() {
  elementById("reessayer").addEventListener("click", updateClass);
  elementById("tout-effacer").addEventListener("click", eraseAll);
  elementById("etablissement").addEventListener("change", ({ target }) => answerForSchool(target));
  elementById("liste").addEventListener("input", saveClass);
  elementById("ajouter").addEventListener("click", () => readList(elementById("liste").value));
  elementById("fichier").addEventListener("change", ({ target }) => readFile(target));
  elementById("abandonner").addEventListener("click", closeColumns);
  elementById("confirmation").addEventListener("click", ({ target }) => {
    if (target.value) elementById("confirmation").close(target.value);
  });
  elementById("imprimer-groupes").addEventListener("click", () => printSheets(buildGroupSheets));
  elementById("imprimer-eleves").addEventListener("click", () => printSheets(buildSlips));
  elementById("telecharger").addEventListener("click", downloadCsv);
  addEventListener("beforeprint", fillSheets);
  addEventListener("afterprint", clearSheets);
}

// The guide and the server

function saveClass() {
  schoolClass.typed = elementById("liste").value;
  elementById("sans-memoire").hidden = store.saveClass(slug, schoolClass);
}

/** Saves the class, fetches the states that are not known yet, and shows the class. */
async function updateClass() {
  saveClass();
  if (isUpdating) return; // the update under way sees this change
  isUpdating = true;
  const slowTimer = setTimeout(() => showMessage("Mise à jour…"), SLOW_CALL_MS);
  try {
    await fetchStates();
    hideFailure();
  } catch (error) {
    showFailure(error);
  } finally {
    clearTimeout(slowTimer);
    isUpdating = false;
  }
  if (evaluation.guide) showClass();
}

async function fetchStates() {
  if (!evaluation.guide) await loadGuide();
  const rows = () => schoolClass.pupils.map(answersOf);
  let changes = 0;
  while (!evaluation.hasStates(rows())) {
    if (await evaluation.fetchStates(rows())) continue;
    if (++changes === MAX_GUIDE_CHANGES) throw new ServiceError(GUIDE_CHANGING);
    await loadGuide();
  }
}

async function loadGuide() {
  const versionBefore = evaluation.version;
  await evaluation.loadGuide();
  if (versionBefore) elementById("nouvelle-version").hidden = false;
  store.dropUnknownAnswers(schoolClass, evaluation.guide);
  shownStates.clear();
  groupsView.clear();
  showSteps();
}

function showFailure(error) {
  if (!(error instanceof ServiceError)) throw error;
  elementById("panne").querySelector("p").textContent = `${error.message} ${NOTHING_LOST}`;
  elementById("panne").hidden = false;
}

/** Hides « Réessayer »; the focus, if it was there, goes to the class. */
function hideFailure() {
  const hadFocus = elementById("panne").contains(document.activeElement);
  elementById("panne").hidden = true;
  if (hadFocus) elementById("tri-titre").focus();
}

function answersOf(pupil) {
  return { ...schoolClass.school, ...pupil.answers };
}

function stateOf(pupil) {
  return evaluation.stateOf(answersOf(pupil)) ?? shownStates.get(pupil);
}

// Steps 1 and 2

const schoolQuestions = () => evaluation.guide.questions.filter(({ scope }) => scope === "school");
const openSchoolQuestions = () => schoolQuestions().filter(({ key }) => !schoolClass.school[key]);

function showSteps() {
  const step = elementById("etablissement");
  step.hidden = schoolQuestions().length === 0;
  showSchoolQuestions(step.querySelector(".questions"), evaluation.guide, schoolClass.school, helpOf);
  step.open = openSchoolQuestions().length > 0; // a step that is done is closed
  elementById("eleves").open = schoolClass.pupils.length === 0 || elementById("liste").value !== "";
}

/** Returns the server's HTML of a question's help; null if the page came with another version. */
function helpOf(key) {
  const template = evaluation.version === version && root.querySelector(`template[data-question="${key}"]`);
  return template ? template.content.cloneNode(true) : null;
}

function answerForSchool({ name, value }) {
  schoolClass.school[name] = value;
  updateClass();
}

async function readFile(input) {
  const [file] = input.files;
  if (!file) return;
  const bytes = await file.slice(0, MAX_FILE_BYTES + 1).arrayBuffer();
  input.value = ""; // so that the same file can be chosen again
  if (bytes.byteLength > MAX_FILE_BYTES) return showListError("Ce fichier est trop lourd\u00a0: 2\u00a0Mo au plus.");
  if (isWorkbook(bytes)) return showListError(WORKBOOK_REFUSED);
  readList(decodeText(bytes), { isFile: true });
}

function readList(text, options) {
  showListError("");
  const table = readTable(text, options);
  if (!evaluation.guide) return showListError("Le guide n’est pas encore chargé. Réessayez.");
  if (!table.length) return showListError(options ? "Ce fichier est vide." : "Tapez d’abord une liste.");
  const { questions } = evaluation.guide;
  const rows = matching.hasTitles(table, questions) ? table.slice(1) : table;
  if (!rows.length) return showListError("Aucun élève sous les titres.");
  if (table[0].length > 1) return columnForm.open(table, questions, openSchoolQuestions());
  addPupils(matching.readPupils(rows, [matching.LAST_NAME], questions));
}

function showListError(message) {
  elementById("liste-erreur").textContent = message;
}

/** @param {Pupil[]} pupils as read from a list: their answers about the school go to the school */
function addPupils(pupils) {
  closeColumns();
  elementById("liste").value = "";
  schoolClass.pupils.push(...pupils);
  for (const { key } of schoolQuestions()) {
    for (const { answers } of pupils) if (answers[key]) schoolClass.school[key] = answers[key];
  }
  store.dropUnknownAnswers(schoolClass, evaluation.guide);
  showSteps();
  elementById("tri").hidden = false;
  root.querySelector("#etablissement[open] > summary, #tri-titre").focus();
  updateClass();
}

function closeColumns() {
  columnForm.close();
  elementById("liste").focus();
}

// Step 3

function answerForPupils(pupils, question, choice) {
  for (const pupil of pupils) {
    if (choice) pupil.answers[question] = choice;
    else delete pupil.answers[question];
  }
  updateClass();
}

function renamePupil(pupil, name) {
  pupil.name = name;
  updateClass();
}

async function removePupils(pupils) {
  const question = `Retirer ${countInWords(pupils.length, "élève")} de la liste\u00a0?`;
  if (pupils.length > 1 && !(await askConfirmation(question, "Retirer"))) return;
  const removed = new Set(pupils);
  schoolClass.pupils = schoolClass.pupils.filter((pupil) => !removed.has(pupil));
  await updateClass();
  showMessage(`${countInWords(removed.size, "élève")} ${removed.size > 1 ? "retirés" : "retiré"}.`);
}

async function eraseAll() {
  const question = "Effacer tous les élèves et toutes les réponses\u00a0?";
  if (!(await askConfirmation(question, "Tout effacer"))) return;
  schoolClass = store.emptyClass();
  elementById("liste").value = "";
  saveClass(); // at once, even if what follows fails
  columnForm.close();
  clearSheets();
  if (evaluation.guide) showSteps();
  await updateClass();
  showMessage("Tout est effacé.");
}

function askConfirmation(question, confirmLabel) {
  const dialog = elementById("confirmation");
  elementById("confirmation-titre").textContent = question;
  dialog.querySelector("[value=oui]").textContent = confirmLabel;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "oui"), { once: true });
  });
}

function showClass() {
  const { pupils } = schoolClass;
  groups = groupPupils(pupils, stateOf, evaluation.guide);
  shownStates = new Map(pupils.map((pupil) => [pupil, stateOf(pupil)]));
  elementById("tri").hidden = pupils.length === 0;
  groupsView.render(takeSnapshot());
  showSummary(root.querySelector(".summary"), groups, pupils.length);
  showSchoolAdvice();
  showMessage(movesInWords(shownGroups, groups));
  shownGroups = new Map(groups.flatMap((group) => group.pupils.map((pupil) => [pupil, group])));
}

function takeSnapshot() {
  const { pupils } = schoolClass;
  const numbers = new Map(pupils.map((pupil, index) => [pupil, index + 1]));
  const today = new Date().toLocaleDateString("fr");
  const source = `${root.dataset.title}, version\u00a0${evaluation.version}, le ${today}.`;
  return { pupils, numbers, groups, guide: evaluation.guide, source, stateOf };
}

function showSchoolAdvice() {
  const advice = schoolAdvice(schoolClass.pupils.map(stateOf), evaluation.guide);
  const section = root.querySelector(".school-advice");
  section.hidden = advice.length === 0;
  const boxes = advice.map((outcome) =>
    createElement("div", { className: "advice action" }, ...buildOutcome(outcome, "h4")),
  );
  section.querySelector("div").replaceChildren(...boxes);
}

function showMessage(message) {
  clearTimeout(messageTimer);
  elementById("etat").replaceChildren(...(message ? [createElement("span", {}, message)] : []));
  messageTimer = setTimeout(() => elementById("etat").replaceChildren(), MESSAGE_MS);
}

// Sheets and files

/** @param {typeof buildGroupSheets} build */
function printSheets(build) {
  const hasResults = groups.some(({ kind }) => kind === "outcomes");
  if (build === buildSlips && !hasResults) return showMessage("Aucun élève n’a encore de résultat.");
  buildSheets = build;
  window.print();
}

function fillSheets() {
  const sheets = schoolClass.pupils.length ? buildSheets(takeSnapshot()) : [];
  elementById("impression").replaceChildren(...sheets);
}

function clearSheets() {
  elementById("impression").replaceChildren();
}

function downloadCsv() {
  const text = formatCsv(buildTable(schoolClass, groups, evaluation.guide));
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = createElement("a", { href, download: `classe-${slug}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // Safari is slow to save
}
