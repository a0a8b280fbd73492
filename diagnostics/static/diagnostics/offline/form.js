// Reacts to what the visitor does. The answers stay in the memory of this page. Its address names only
// the question that is shown, so that the browser's own way back works.

const START = "#/";
const RESULT = "#/resultat";
const QUESTION_PREFIX = "#/question/";
const DAY_MS = 24 * 3600 * 1000;
const MAX_AGE_MS = 30 * DAY_MS; // an older file asks the visitor to look for a new version

const guide = JSON.parse(document.getElementById("donnees").textContent);
const main = document.getElementById("contenu");
const ageNotice = document.getElementById("age");

let answers = null; // a Map, once the diagnostic has begun
let shownAddress = null;

function addressOf(question) {
  return QUESTION_PREFIX + question;
}

function addressOfState(state) {
  return state.question === null ? RESULT : addressOf(state.question);
}

// Builds the page of an address. If it is no question of the path, the page is that of the present state.
function buildPage(address) {
  if (answers === null || ["", START].includes(address)) {
    return buildStartPage();
  }
  const state = followAnswers(guide, answers);
  const isOnPath = state.path.some((step) => addressOf(step.question) === address);
  const key = isOnPath ? address.slice(QUESTION_PREFIX.length) : state.question;
  return key === null ? buildResultPage(guide, state) : buildQuestionPage(guide, state, key);
}

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
  const heading = main.querySelector(".card h1, .card h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function updateAgeNotice() {
  const age = Date.now() - guide.made;
  ageNotice.hidden = age <= MAX_AGE_MS;
  findSlot(ageNotice, "days").textContent = Math.floor(age / DAY_MS);
}

function showState() {
  const address = addressOfState(followAnswers(guide, answers));
  showPage(address);
  location.hash = address;
}

function beginDiagnostic(keptAnswers = []) {
  answers = new Map(keptAnswers);
  showState();
}

function beginWithNextPupil() {
  beginDiagnostic([...answers].filter(([question]) => guide.questions[question].of_school));
}

function answerQuestion(form) {
  const chosen = form.querySelector("[name=choice]:checked");
  if (chosen) {
    answers.set(form.querySelector("fieldset").dataset.question, chosen.value);
    showState();
  } else {
    showMissingChoice();
  }
}

function showMissingChoice() {
  const error = main.querySelector(".error");
  error.hidden = false;
  error.focus();
  if (!document.title.startsWith("Erreur")) {
    document.title = `Erreur\u00a0: ${document.title}`;
  }
}

const ACTIONS = { begin: () => beginDiagnostic(), answer: answerQuestion, another: beginWithNextPupil };

main.addEventListener("submit", (event) => {
  event.preventDefault();
  ACTIONS[event.target.dataset.action](event.target);
});
main.addEventListener("click", (event) => {
  if (event.target.matches("[data-action=print]")) {
    print();
  }
  if (event.detail > 1 && event.target.matches("button")) {
    event.preventDefault(); // the second click of a double click would answer the next question
  }
});
// A link to a place in the page does not change the address, which names the question.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']:not([href^='#/'])");
  if (link) {
    event.preventDefault();
    document.getElementById(link.hash.slice(1)).focus();
  }
});
addEventListener("hashchange", () => {
  if (location.hash !== shownAddress) {
    showPage(location.hash);
  }
});
showPage(location.hash);
