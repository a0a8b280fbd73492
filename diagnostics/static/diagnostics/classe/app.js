// Class mode: one school, its pupils, and where each of them stands. Names never leave this page.
//
// `lists` as cells, and back; `matching` what columns and cells mean, `columns` confirmed by the visitor;
// `store` what this tab remembers; `evaluation` the server; `groups` who is where; `table`, `row`, `panels`
// what is shown and printed; `dom` helpers, `types` what they hand to each other.

import { Columns } from "./columns.js";
import { element } from "./dom.js";
import { Evaluation, ServiceError } from "./evaluation.js";
import { count, groupPupils, movesInWords, schoolAdvice } from "./groups.js";
import { classTable, decode, isWorkbook, readTable, toCsv } from "./lists.js";
import * as matching from "./matching.js";
import { groupSheets, showSchool, showSummary, slips, whatToDo } from "./panels.js";
import * as store from "./store.js";
import { Table } from "./table.js";

/** @typedef {import("./types.js").Pupil} Pupil */

const WORKBOOK =
  "C’est un classeur. Enregistrez-le au format CSV, ou copiez ses cellules et collez-les dans la liste.";
const KEPT = "Rien n’est perdu\u00a0: vos élèves et leurs réponses sont gardés.";
const CHANGING = "Le guide est en train de changer. Réessayez dans une minute.";
const MOST_CHANGES = 3; // of the guide in a row: servers that do not agree
const HEAVIEST = 2_000_000; // bytes of a file
const SLOW = 500; // milliseconds until a call is spoken of
const READ_FOR = 5_000; // milliseconds until what was announced goes away

const byId = (id) => document.getElementById(id);
const root = byId("classe");
const { slug, version } = root.dataset;
const evaluation = new Evaluation(root.dataset);
const table = new Table(root.querySelector(".groups"), byId("tri-titre"), { answer, rename, remove });
const columns = new Columns(byId("colonnes"), add);

let school = store.load(slug);
let groups = [];
let places = new Map(); // pupil → the group that was shown
let lastStates = new Map(); // pupil → the state that was shown, until the next one is known
let isAsking = false;
let makeSheets = groupSheets;
let quiet;

root.hidden = false;
byId("liste").value = school.typed;
byId("sans-script").hidden = true;
listen();
keep();

function listen() {
  byId("reessayer").addEventListener("click", keep);
  byId("tout-effacer").addEventListener("click", eraseAll);
  byId("etablissement").addEventListener("change", ({ target }) => answerForSchool(target));
  byId("liste").addEventListener("input", remember);
  byId("ajouter").addEventListener("click", readTyped);
  byId("fichier").addEventListener("change", ({ target }) => readFile(target));
  byId("abandonner").addEventListener("click", closeColumns);
  byId("confirmation").addEventListener("click", ({ target }) => {
    if (target.value) byId("confirmation").close(target.value);
  });
  byId("imprimer-groupes").addEventListener("click", () => print(groupSheets));
  byId("imprimer-eleves").addEventListener("click", () => print(slips));
  byId("telecharger").addEventListener("click", download);
  addEventListener("beforeprint", fillSheets);
  addEventListener("afterprint", clearSheets);
}

// The guide and the server

function remember() {
  school.typed = byId("liste").value;
  byId("sans-memoire").hidden = store.save(slug, school);
}

/** Remembers, asks the server about the answers that it was not asked about yet, and shows. */
async function keep() {
  remember();
  if (isAsking) return; // who asks already sees what has changed
  isAsking = true;
  const slow = setTimeout(() => announce("Mise à jour…"), SLOW);
  try {
    await ask();
    recover();
  } catch (error) {
    fail(error);
  } finally {
    clearTimeout(slow);
    isAsking = false;
  }
  if (evaluation.guide) show();
}

async function ask() {
  if (!evaluation.guide) await load();
  const rows = () => school.pupils.map(answersOf);
  let changes = 0;
  while (!evaluation.knows(rows())) {
    if (await evaluation.ask(rows())) continue;
    if (++changes === MOST_CHANGES) throw new ServiceError(CHANGING);
    await load();
  }
}

/** Reads the guide that is live now, and goes on with it. */
async function load() {
  const before = evaluation.version;
  await evaluation.load();
  if (before) byId("nouvelle-version").hidden = false;
  store.fit(school, evaluation.guide);
  lastStates.clear();
  table.clear();
  showSteps();
}

function fail(error) {
  if (!(error instanceof ServiceError)) throw error;
  byId("panne").querySelector("p").textContent = `${error.message} ${KEPT}`;
  byId("panne").hidden = false;
}

/** « Réessayer » goes away: what it brought has the focus after it. */
function recover() {
  const hadFocus = byId("panne").contains(document.activeElement);
  byId("panne").hidden = true;
  if (hadFocus) byId("tri-titre").focus();
}

function answersOf(pupil) {
  return { ...school.school, ...pupil.answers };
}

function stateOf(pupil) {
  return evaluation.state(answersOf(pupil)) ?? lastStates.get(pupil);
}

// Steps 1 and 2

const schools = () => evaluation.guide.questions.filter((one) => !matching.isPupils(one));
const unanswered = () => schools().filter(({ key }) => !school.school[key]);

function showSteps() {
  byId("etablissement").hidden = schools().length === 0;
  showSchool(byId("etablissement").querySelector(".questions"), evaluation.guide, school.school, helpOf);
  fold();
}

/** Closes the steps that are done, so that the class comes first. */
function fold() {
  byId("etablissement").open = unanswered().length > 0;
  byId("eleves").open = school.pupils.length === 0 || byId("liste").value !== "";
}

/** As the server wrote it, while its version is the one that was served with the page. */
function helpOf(key) {
  const written = evaluation.version === version && root.querySelector(`template[data-question="${key}"]`);
  return written ? written.content.cloneNode(true) : null;
}

function answerForSchool({ name, value }) {
  school.school[name] = value;
  keep();
}

function readTyped() {
  readText(byId("liste").value);
}

async function readFile(input) {
  const [file] = input.files;
  if (!file) return;
  const bytes = await file.slice(0, HEAVIEST + 1).arrayBuffer();
  input.value = ""; // so that the same file can be chosen again
  if (bytes.byteLength > HEAVIEST) return complain("Ce fichier est trop lourd\u00a0: 2\u00a0Mo au plus.");
  if (isWorkbook(bytes)) return complain(WORKBOOK);
  readText(decode(bytes), { file: true });
}

function readText(text, options) {
  complain("");
  const read = readTable(text, options);
  if (!evaluation.guide) return complain("Le guide n’est pas encore chargé. Réessayez.");
  if (!read.length) return complain(options ? "Ce fichier est vide." : "Tapez d’abord une liste.");
  const { questions } = evaluation.guide;
  const names = matching.hasTitles(read, questions) ? read.slice(1) : read;
  if (!names.length) return complain("Aucun élève sous les titres.");
  if (read[0].length > 1) return columns.open(read, questions, unanswered());
  add(matching.toPupils(names, [matching.LAST_NAME], questions));
}

function complain(words) {
  byId("liste-erreur").textContent = words;
}

/** @param {Pupil[]} pupils as a list tells them: what it says of the school goes to the school */
function add(pupils) {
  closeColumns();
  byId("liste").value = "";
  school.pupils.push(...pupils);
  for (const { key } of schools()) {
    for (const { answers } of pupils) if (answers[key]) school.school[key] = answers[key];
  }
  store.fit(school, evaluation.guide);
  showSteps();
  byId("tri").hidden = false;
  root.querySelector("#etablissement[open] > summary, #tri-titre").focus();
  keep();
}

function closeColumns() {
  columns.close();
  byId("liste").focus();
}

// Step 3

function answer(pupils, question, choice) {
  for (const pupil of pupils) {
    if (choice) pupil.answers[question] = choice;
    else delete pupil.answers[question];
  }
  keep();
}

function rename(pupil, name) {
  pupil.name = name;
  keep();
}

async function remove(pupils) {
  const question = `Retirer ${count(pupils.length, "élève")} de la liste\u00a0?`;
  if (pupils.length > 1 && !(await confirmed(question, "Retirer"))) return;
  const gone = new Set(pupils);
  school.pupils = school.pupils.filter((pupil) => !gone.has(pupil));
  await keep();
  announce(`${count(gone.size, "élève")} ${gone.size > 1 ? "retirés" : "retiré"}.`);
}

async function eraseAll() {
  if (!(await confirmed("Effacer tous les élèves et toutes les réponses\u00a0?", "Tout effacer"))) return;
  school = store.empty();
  byId("liste").value = "";
  remember(); // nothing, whatever comes next
  columns.close();
  clearSheets();
  if (evaluation.guide) showSteps();
  await keep();
  announce("Tout est effacé.");
}

function confirmed(question, yes) {
  const dialog = byId("confirmation");
  byId("confirmation-titre").textContent = question;
  dialog.querySelector("[value=oui]").textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  const closed = (done) => dialog.addEventListener("close", done, { once: true });
  return new Promise((resolve) => closed(() => resolve(dialog.returnValue === "oui")));
}

function show() {
  groups = groupPupils(school.pupils, stateOf, evaluation.guide);
  lastStates = new Map(school.pupils.map((pupil) => [pupil, stateOf(pupil)]));
  byId("tri").hidden = school.pupils.length === 0;
  table.render(shown());
  showSummary(root.querySelector(".summary"), groups, school.pupils.length);
  showAdvice();
  announce(movesInWords(places, groups));
  places = new Map(groups.flatMap((group) => group.pupils.map((pupil) => [pupil, group])));
}

function shown() {
  const today = new Date().toLocaleDateString("fr");
  const source = `${root.dataset.title}, version\u00a0${evaluation.version}, le ${today}.`;
  return { pupils: school.pupils, groups, guide: evaluation.guide, source, stateOf };
}

function showAdvice() {
  const advice = schoolAdvice(school.pupils.map(stateOf), evaluation.guide);
  const place = root.querySelector(".school-advice");
  place.hidden = advice.length === 0;
  const parts = advice.map((given) => element("div", { className: "advice action" }, ...whatToDo(given, "h4")));
  place.querySelector("div").replaceChildren(...parts);
}

function announce(words) {
  clearTimeout(quiet);
  byId("etat").replaceChildren(...(words ? [element("span", {}, words)] : []));
  quiet = setTimeout(() => byId("etat").replaceChildren(), READ_FOR);
}

// What is taken away

/** @param {typeof groupSheets} make */
function print(make) {
  const isSorted = groups.some(({ kind }) => kind === "outcomes");
  if (make === slips && !isSorted) return announce("Aucun élève n’a encore de résultat.");
  makeSheets = make;
  window.print();
}

function fillSheets() {
  const sheets = school.pupils.length ? makeSheets(shown()) : [];
  byId("impression").replaceChildren(...sheets);
}

function clearSheets() {
  byId("impression").replaceChildren();
}

function download() {
  const text = toCsv(classTable(school, groups, evaluation.guide));
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = element("a", { href, download: `classe-${slug}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // Safari is slow to save
}
