// Reacts to what the visitor does. The answers stay in the memory of this page. Its address names only
// the question that is shown, so that the browser's own way back works.
//
// This script also runs in browsers of 2018. If it does not, or fails, the visitor reads the whole guide.

const START = "#/";
const RESULT = "#/resultat";
const QUESTION_PREFIX = "#/question/";
const DAY_MS = 24 * 3600 * 1000;
const MAX_AGE_MS = 30 * DAY_MS; // an older file asks the visitor to look for a new version

/** @type {OfflineGuide} */
const guide = JSON.parse(findElement(document, "#donnees").textContent);
const main = findElement(document, "#contenu");
const wholeGuide = findElement(main, ".whole");

let hasBegun = false;
/** @type {Map<string, string>} */
let answers = new Map();
/** The names of ticked boxes: the id of the step, and the index of the box in it. @type {Set<string>} */
const ticked = new Set();
/** @type {string|null} */
let shownAddress = null;

/** @param {string} question */
function addressOf(question) {
  return QUESTION_PREFIX + question;
}

/** @param {OfflineState} state */
function addressOfState(state) {
  return state.question === null ? RESULT : addressOf(state.question);
}

/**
 * Builds the page of an address. If it is no question of the path, the page is that of the present state.
 * @param {string} address
 * @returns {OfflinePage}
 */
function buildPage(address) {
  if (!hasBegun || ["", START].includes(address)) {
    return buildStartPage();
  }
  const state = followAnswers(guide, answers);
  const isOnPath = state.path.some((step) => addressOf(step.question) === address);
  const key = isOnPath ? address.slice(QUESTION_PREFIX.length) : state.question;
  return key === null ? buildResultPage(guide, state) : buildQuestionPage(guide, state, key);
}

/** @param {string} address */
function showPage(address) {
  const { title, parts } = buildPage(address);
  replaceContents([...buildAgeNotice(), ...parts]);
  main.className = main.querySelector("fieldset") ? "wide" : "narrow";
  document.title = `${title} – Pix`;
  for (const box of findBoxes()) {
    box.checked = ticked.has(nameBox(box));
  }
  if (shownAddress !== null) {
    focusBeginning();
  }
  shownAddress = address;
}

/** @param {Node[]} contents */
function replaceContents(contents) {
  main.textContent = "";
  main.append(...contents);
}

/** Moves the focus to what is new on the page: something to do first, or else the title. */
function focusBeginning() {
  const beginning = findElement(main, ".first summary, .card h1");
  if (beginning.matches("h1")) beginning.tabIndex = -1;
  beginning.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function buildAgeNotice() {
  const age = Date.now() - guide.made;
  return age > MAX_AGE_MS ? [fillTemplate("page-age", { days: [String(Math.floor(age / DAY_MS))] })] : [];
}

function findBoxes() {
  return /** @type {NodeListOf<HTMLInputElement>} */ (main.querySelectorAll(".steps [type=checkbox]"));
}

/** @param {HTMLInputElement} box */
function nameBox(box) {
  const step = /** @type {Element} */ (box.closest("li[id]"));
  return `${step.id} ${[...step.querySelectorAll("[type=checkbox]")].indexOf(box)}`;
}

function showState() {
  const address = addressOfState(followAnswers(guide, answers));
  showPage(address);
  location.hash = address;
}

/** @param {[question: string, choice: string][]} [keptAnswers] */
function beginDiagnostic(keptAnswers = []) {
  hasBegun = true;
  answers = new Map(keptAnswers);
  ticked.clear();
  showState();
}

function beginWithNextPupil() {
  beginDiagnostic([...answers].filter(([question]) => guide.questions[question].of_school));
}

/** @param {HTMLFormElement} form */
function answerQuestion(form) {
  const chosen = form.querySelector("[name=choice]:checked");
  if (chosen instanceof HTMLInputElement) {
    answers.set(String(findElement(form, "fieldset").dataset.question), chosen.value);
    showState();
  } else {
    showMissingChoice(form);
  }
}

/** @param {HTMLFormElement} form */
function showMissingChoice(form) {
  const question = findElement(form, "fieldset");
  const field = findElement(question, "[name=choice]");
  if (!main.querySelector(".error")) {
    form.before(fillTemplate("part-error"));
    setAddress(main, ".error a", `#${field.id}`);
    question.setAttribute("aria-invalid", "true");
    question.setAttribute("aria-describedby", question.querySelector("#aide") ? "erreur aide" : "erreur");
    field.setAttribute("aria-describedby", "erreur");
    document.title = `Erreur\u00a0: ${document.title}`;
  }
  field.focus();
}

/** @type {Record<string, (form: HTMLFormElement) => void>} */
const ACTIONS = { begin: () => beginDiagnostic(), answer: answerQuestion, another: beginWithNextPupil };

/** @param {Event} event */
function sendForm(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  ACTIONS[String(form.dataset.action)](form);
}

/** @param {MouseEvent} event */
function clickInPage(event) {
  const target = /** @type {Element} */ (event.target);
  if (target.matches("[data-action=print]")) {
    print();
  }
  if (event.detail > 1 && target.matches("button")) {
    event.preventDefault(); // the second click of a double click would answer the next question
  }
  /** @type {HTMLAnchorElement|null} */
  const link = target.closest("a[href^='#']:not([href^='#/'])");
  if (link) {
    event.preventDefault(); // a link to a place in the page does not change the address
    goToPlace(findElement(document, link.hash));
  }
}

/** @param {HTMLElement} place */
function goToPlace(place) {
  const fold = place.closest("details");
  if (fold) fold.open = true;
  place.focus();
}

function rememberTicks() {
  for (const box of findBoxes()) {
    if (box.checked) ticked.add(nameBox(box));
    else ticked.delete(nameBox(box));
  }
}

function followAddress() {
  if (location.hash !== shownAddress) {
    showPage(location.hash);
  }
}

// Browsers print what is folded only once it is open.
function openPrintedFolds() {
  for (const fold of /** @type {NodeListOf<HTMLDetailsElement>} */ (main.querySelectorAll(".printed"))) {
    fold.open = true;
  }
}

/** After a fault, nothing is lost: the whole guide is there again, without this script. */
function showWholeGuide() {
  document.removeEventListener("click", clickInPage);
  removeEventListener("hashchange", followAddress);
  replaceContents([wholeGuide]);
  main.className = "narrow";
}

showPage(location.hash);
main.addEventListener("submit", sendForm);
main.addEventListener("change", rememberTicks);
document.addEventListener("click", clickInPage);
addEventListener("hashchange", followAddress);
addEventListener("beforeprint", openPrintedFolds);
addEventListener("error", showWholeGuide);
