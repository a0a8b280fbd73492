// Class mode: one school, its pupils, and what each of them has to do. Names never leave this page.
//
// `lists` turns text into cells and back, `matching` finds what cells mean, and `columns` lets the visitor
// confirm it. `store` is the memory of this tab, `evaluation` calls the server, `groups` sorts the pupils;
// `groups_view` and `panels` show and print them. `dom` has helpers, `types` the shared types.

import { ColumnForm } from "./columns.js";
import { createEditorHtml, createElement, query } from "./dom.js";
import { Evaluation, ServiceError } from "./evaluation.js";
import { countInWords, groupPupils, movesInWords, schoolAdvice } from "./groups.js";
import { GroupsView } from "./groups_view.js";
import { buildTable, decodeText, formatCsv, isWorkbook, readTable } from "./lists.js";
import * as matching from "./matching.js";
import {
  buildFoldedAdvice,
  buildGroupSheets,
  buildSlips,
  showSchoolQuestions,
  showSummary,
} from "./panels.js";
import * as store from "./store.js";

const WORKBOOK_REFUSED =
  "C’est un classeur. Enregistrez-le au format CSV, ou copiez ses cellules et collez-les dans la liste.";
const NOTHING_LOST = "Rien n’est perdu\u00a0: vos élèves et leurs réponses sont gardés.";
const TRIES_AGAIN = "Cette page réessaiera d’elle-même.";
const TOO_LARGE = "Ce fichier est trop lourd\u00a0: 2\u00a0Mo au plus.";
const GUIDE_CHANGING = "Le guide est en train de changer. Réessayez dans une minute.";
const MAX_GUIDE_CHANGES = 3; // in a row: after more, the servers do not agree
const MAX_FILE_BYTES = 2_000_000;
const MAX_RETRY_MS = 600_000; // the longest time until the page tries again by itself
const SLOW_CALL_MS = 500; // a call that takes longer is announced
const MESSAGE_MS = 5_000; // how long a message is shown

const root = query(document, "#classe");
const pageData = /** @type {PageData} */ (root.dataset);
const { slug, version, title } = pageData;
const list = query(document, "#liste", HTMLTextAreaElement);
const fileInput = query(document, "#fichier", HTMLInputElement);
const failure = query(document, "#panne");
const confirmation = query(document, "#confirmation", HTMLDialogElement);
const evaluation = new Evaluation(pageData);
const groupsView = new GroupsView(query(root, ".groups"), query(document, "#tri-titre"), {
  answerForPupils,
  renamePupil,
  removePupils,
});
const columnForm = new ColumnForm(query(document, "#colonnes"), addPupils);

let schoolClass = store.loadClass(slug);
takeAnswersOfLink();
/** @type {Group[]} */
let groups = [];
/** @type {Map<Pupil, Group>} */
let shownGroups = new Map();
/** @type {Map<Pupil, State|undefined>} */
let shownStates = new Map();
let isUpdating = false;
let buildSheets = buildGroupSheets;
let messageTimer = 0;
let retryTimer = 0;

root.hidden = false;
document.body.classList.add("with-script");
list.value = schoolClass.typed;
query(document, "#sans-script").hidden = true;
addListeners();
updateClass();

/** Takes the answers about the school from the address, where the link of a result has put them. */
function takeAnswersOfLink() {
  Object.assign(schoolClass.school, Object.fromEntries(new URLSearchParams(location.search)));
  history.replaceState(null, "", location.pathname); // a reload does not take them again
}

function addListeners() {
  query(document, "#reessayer").addEventListener("click", updateClass);
  query(document, "#tout-effacer").addEventListener("click", eraseAll);
  query(document, "#etablissement").addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    schoolClass.school[target.name] = target.value;
    updateClass();
  });
  list.addEventListener("input", saveClass);
  query(document, "#ajouter").addEventListener("click", () => readList(list.value));
  fileInput.addEventListener("change", readFile);
  query(document, "#abandonner").addEventListener("click", closeColumns);
  confirmation.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLButtonElement) confirmation.close(target.value);
  });
  query(document, "#imprimer-groupes").addEventListener("click", () => printSheets(buildGroupSheets));
  query(document, "#imprimer-eleves").addEventListener("click", () => printSheets(buildSlips));
  query(document, "#telecharger").addEventListener("click", downloadCsv);
  addEventListener("beforeprint", fillSheets);
  addEventListener("afterprint", clearSheets);
}

// The guide and the server

function saveClass() {
  schoolClass.typed = list.value;
  query(document, "#sans-memoire").hidden = store.saveClass(slug, schoolClass);
}

/** Saves the class, fetches the states that are not known yet, and shows the class. */
async function updateClass() {
  saveClass();
  if (isUpdating) return; // the update under way sees this change
  isUpdating = true;
  clearTimeout(retryTimer);
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
  if (evaluation.hasGuide) showClass();
}

async function fetchStates() {
  if (!evaluation.hasGuide) await loadGuide();
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
  if (versionBefore) query(document, "#nouvelle-version").hidden = false;
  store.dropUnknownAnswers(schoolClass, evaluation.guide);
  shownStates.clear();
  groupsView.clear();
  showSteps();
}

/** @param {unknown} error */
function showFailure(error) {
  if (!(error instanceof ServiceError)) throw error;
  const { html, message, retrySeconds } = error;
  failure.querySelector(".message")?.remove();
  if (html) failure.prepend(createEditorHtml(html, "message"));
  const sentences = [html ? "" : message, NOTHING_LOST, retrySeconds ? TRIES_AGAIN : ""];
  query(failure, ":scope > p").textContent = sentences.filter(Boolean).join(" ");
  failure.hidden = false;
  if (retrySeconds) retryTimer = setTimeout(updateClass, Math.min(retrySeconds * 1000, MAX_RETRY_MS));
}

/** Hides « Réessayer »; the focus, if it was there, goes to the class. */
function hideFailure() {
  const hadFocus = failure.contains(document.activeElement);
  failure.hidden = true;
  if (hadFocus) query(document, "#tri-titre").focus();
}

/** @param {Pupil} pupil */
function answersOf(pupil) {
  return { ...schoolClass.school, ...pupil.answers };
}

/** @type {StateOf} */
function stateOf(pupil) {
  return evaluation.stateOf(answersOf(pupil)) ?? shownStates.get(pupil);
}

// Steps 1 and 2

const schoolQuestions = () => evaluation.guide.questions.filter(({ scope }) => scope === "school");
const openSchoolQuestions = () => schoolQuestions().filter(({ key }) => !schoolClass.school[key]);

function showSteps() {
  const step = query(document, "#etablissement", HTMLDetailsElement);
  step.hidden = schoolQuestions().length === 0;
  showSchoolQuestions(query(step, ".questions"), evaluation.guide, schoolClass.school, helpOf);
  step.open = openSchoolQuestions().length > 0; // a step that is done is closed
  query(document, "#eleves", HTMLDetailsElement).open = schoolClass.pupils.length === 0 || list.value !== "";
}

/**
 * Returns the server's HTML of a question's help; null if the page came with another version.
 * @param {string} key
 */
function helpOf(key) {
  /** @type {HTMLTemplateElement|null} */
  const template = root.querySelector(`template[data-question="${key}"]`);
  return template && evaluation.version === version ? template.content.cloneNode(true) : null;
}

async function readFile() {
  const [file] = fileInput.files ?? [];
  if (!file) return;
  const bytes = await file.slice(0, MAX_FILE_BYTES + 1).arrayBuffer();
  fileInput.value = ""; // so that the same file can be chosen again
  if (bytes.byteLength > MAX_FILE_BYTES) return showListError(TOO_LARGE);
  if (isWorkbook(bytes)) return showListError(WORKBOOK_REFUSED);
  readList(decodeText(bytes), { isFile: true });
}

/** @param {string} text @param {{isFile: boolean}} [options] */
function readList(text, options) {
  showListError("");
  const table = readTable(text, options);
  if (!evaluation.hasGuide) return showListError("Le guide n’est pas encore chargé. Réessayez.");
  if (!table.length) return showListError(options ? "Ce fichier est vide." : "Tapez d’abord une liste.");
  const { questions } = evaluation.guide;
  const rows = matching.hasTitles(table, questions) ? table.slice(1) : table;
  if (!rows.length) return showListError("Aucun élève sous les titres.");
  if (table[0].length > 1) return columnForm.open(table, questions, openSchoolQuestions());
  addPupils(matching.readPupils(rows, [matching.LAST_NAME], questions));
}

/** @param {string} message */
function showListError(message) {
  query(document, "#liste-erreur").textContent = message;
}

/** @param {Pupil[]} pupils as read from a list: their answers about the school go to the school */
function addPupils(pupils) {
  closeColumns();
  list.value = "";
  schoolClass.pupils.push(...pupils);
  for (const { key } of schoolQuestions()) {
    for (const { answers } of pupils) if (answers[key]) schoolClass.school[key] = answers[key];
  }
  store.dropUnknownAnswers(schoolClass, evaluation.guide);
  showSteps();
  query(document, "#tri").hidden = false;
  query(root, "#etablissement[open] > summary, #tri-titre").focus();
  updateClass();
}

function closeColumns() {
  columnForm.close();
  list.focus();
}

// Step 3

/** @param {Pupil[]} pupils @param {string} question @param {string} choice */
function answerForPupils(pupils, question, choice) {
  for (const pupil of pupils) {
    if (choice) pupil.answers[question] = choice;
    else delete pupil.answers[question];
  }
  updateClass();
}

/** @param {Pupil} pupil @param {string} name */
function renamePupil(pupil, name) {
  pupil.name = name;
  updateClass();
}

/** @param {Pupil[]} pupils */
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
  list.value = "";
  saveClass(); // at once, even if what follows fails
  columnForm.close();
  clearSheets();
  if (evaluation.hasGuide) showSteps();
  await updateClass();
  showMessage("Tout est effacé.");
}

/** @param {string} question @param {string} confirmLabel */
function askConfirmation(question, confirmLabel) {
  query(document, "#confirmation-titre").textContent = question;
  query(confirmation, "[value=oui]").textContent = confirmLabel;
  confirmation.returnValue = "";
  confirmation.showModal();
  return new Promise((resolve) => {
    const answer = () => resolve(confirmation.returnValue === "oui");
    confirmation.addEventListener("close", answer, { once: true });
  });
}

function showClass() {
  const { pupils } = schoolClass;
  groups = groupPupils(pupils, stateOf, evaluation.guide);
  shownStates = new Map(pupils.map((pupil) => [pupil, stateOf(pupil)]));
  query(document, "#tri").hidden = pupils.length === 0;
  groupsView.render(takeSnapshot());
  showSummary(query(root, ".summary"), groups, pupils.length);
  showSchoolAdvice();
  showMessage(movesInWords(shownGroups, groups));
  shownGroups = new Map(groups.flatMap((group) => group.pupils.map((pupil) => [pupil, group])));
}

function takeSnapshot() {
  const { pupils } = schoolClass;
  const numbers = new Map(pupils.map((pupil, index) => [pupil, index + 1]));
  const today = new Date().toLocaleDateString("fr");
  const source = `${title}, version\u00a0${evaluation.version}, le ${today}.`;
  return { pupils, numbers, groups, guide: evaluation.guide, source, stateOf };
}

function showSchoolAdvice() {
  const advice = schoolAdvice(schoolClass.pupils.map(stateOf), evaluation.guide);
  const section = query(root, ".school-advice");
  section.hidden = advice.length === 0;
  const boxes = query(section, "div");
  const keys = advice.map(({ key }) => key).join(" ");
  if (boxes.dataset.keys === keys) return; // what is unfolded stays so
  boxes.dataset.keys = keys;
  boxes.replaceChildren(...advice.map(buildFoldedAdvice));
}

/** @param {string} message */
function showMessage(message) {
  clearTimeout(messageTimer);
  query(document, "#etat").replaceChildren(...(message ? [createElement("span", {}, message)] : []));
  messageTimer = setTimeout(() => query(document, "#etat").replaceChildren(), MESSAGE_MS);
}

// Sheets and files

/** @param {BuildSheets} build */
function printSheets(build) {
  const hasResults = groups.some(({ kind }) => kind === "outcomes");
  if (build === buildSlips && !hasResults) return showMessage("Aucun élève n’a encore de résultat.");
  buildSheets = build;
  window.print();
}

function fillSheets() {
  const sheets = schoolClass.pupils.length ? buildSheets(takeSnapshot()) : [];
  query(document, "#impression").replaceChildren(...sheets);
  document.body.classList.toggle("with-sheets", sheets.length > 0);
}

function clearSheets() {
  query(document, "#impression").replaceChildren();
}

function downloadCsv() {
  const text = formatCsv(buildTable(schoolClass, groups, evaluation.guide));
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = createElement("a", { href, download: `classe-${slug}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // Safari is slow to save
}
