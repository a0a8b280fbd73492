// Reacts to what the visitor does. The answers stay in the memory of this page. Its address names only
// the question that is shown, so that the browser's own way back works.

const START = "#/";
const RESULT = "#/resultat";
const QUESTION_PREFIX = "#/question/";
const DAY_MS = 24 * 3600 * 1000;
const MAX_AGE_MS = 30 * DAY_MS; // an older file asks the visitor to look for a new version

/** @type {OfflineGuide} */
const guide = JSON.parse(findElement(document, "#donnees").textContent);
const main = findElement(document, "#contenu");
const ageNotice = findElement(document, "#age");

let hasBegun = false;
/** @type {Map<string, string>} */
let answers = new Map();
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
  main.replaceChildren(ageNotice, ...parts);
  main.className = main.querySelector(".aside > *") ? "wide" : "narrow";
  updateAgeNotice();
  document.title = `${title} – Pix`;
  if (shownAddress !== null) {
    focusHeading();
  }
  shownAddress = address;
}

function focusHeading() {
  const heading = findElement(main, ".card h1, .card h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function updateAgeNotice() {
  const age = Date.now() - guide.made;
  ageNotice.hidden = age <= MAX_AGE_MS;
  findSlot(ageNotice, "days").textContent = String(Math.floor(age / DAY_MS));
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
    showMissingChoice();
  }
}

function showMissingChoice() {
  const error = findElement(main, ".error");
  error.hidden = false;
  const question = findElement(main, "fieldset");
  question.setAttribute("aria-invalid", "true");
  question.setAttribute("aria-describedby", question.querySelector("#aide") ? "erreur aide" : "erreur");
  findElement(question, "[name=choice]").focus();
  if (!document.title.startsWith("Erreur")) {
    document.title = `Erreur\u00a0: ${document.title}`;
  }
}

/** @type {Record<string, (form: HTMLFormElement) => void>} */
const ACTIONS = { begin: () => beginDiagnostic(), answer: answerQuestion, another: beginWithNextPupil };

main.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  ACTIONS[String(form.dataset.action)](form);
});
main.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.matches("[data-action=print]")) {
    print();
  }
  if (event.detail > 1 && target.matches("button")) {
    event.preventDefault(); // the second click of a double click would answer the next question
  }
});
// A link to a place in the page does not change the address, which names the question.
document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  /** @type {HTMLAnchorElement|null} */
  const link = target.closest("a[href^='#']:not([href^='#/'])");
  if (link) {
    event.preventDefault();
    findElement(document, link.hash).focus();
  }
});
addEventListener("hashchange", () => {
  if (location.hash !== shownAddress) {
    showPage(location.hash);
  }
});
showPage(location.hash);
