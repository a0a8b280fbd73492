// What the visitor does. Answers stay in this page's memory; its address tells only which question
// is shown, so that the browser's own way back works.

const START = "#/";
const RESULT = "#/resultat";
const QUESTION = "#/question/";
const DAY = 24 * 3600 * 1000;
const OLD = 30 * DAY;

const guide = JSON.parse(document.getElementById("donnees").textContent);
const main = document.getElementById("contenu");
const age = document.getElementById("age");

let answers = null; // a Map, once the diagnostic has begun
let shown = null; // the address of the page that is shown

function address(question) {
  return QUESTION + question;
}

// Of where the diagnostic stands.
function standing(now) {
  return now.question === null ? RESULT : address(now.question);
}

// Where an address leads; to where the diagnostic stands if not to a question of the path.
function page(to) {
  if (answers === null || ["", START].includes(to)) {
    return startPage();
  }
  const now = follow(guide, answers);
  const isOnPath = now.path.some((step) => address(step.question) === to);
  const key = isOnPath ? to.slice(QUESTION.length) : now.question;
  return key === null ? resultPage(guide, now) : questionPage(guide, now, key);
}

function show(to) {
  const { title, parts } = page(to);
  main.replaceChildren(age, ...parts);
  main.className = main.querySelector(".aside > *") ? "wide" : "narrow";
  tellAge();
  document.title = `${title} – Pix`;
  if (shown !== null) {
    focusOn(main.querySelector(".card h1, .card h2"));
  }
  shown = to;
}

function focusOn(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function tellAge() {
  const old = Date.now() - guide.made;
  age.hidden = old <= OLD;
  slot(age, "days").textContent = Math.floor(old / DAY);
}

function go(to) {
  show(to);
  location.hash = to;
}

function answer(form) {
  const chosen = form.querySelector("[name=choice]:checked");
  if (chosen) {
    answers.set(form.querySelector("fieldset").dataset.question, chosen.value);
    go(standing(follow(guide, answers)));
  } else {
    tellMissing();
  }
}

function tellMissing() {
  const error = main.querySelector(".error");
  error.hidden = false;
  error.focus();
  if (!document.title.startsWith("Erreur")) {
    document.title = `Erreur\u00a0: ${document.title}`;
  }
}

function begin(kept = []) {
  answers = new Map(kept);
  go(standing(follow(guide, answers)));
}

function another() {
  begin([...answers].filter(([question]) => guide.questions[question].of_school));
}

const ACTIONS = { begin: () => begin(), answer, another };

main.addEventListener("submit", (event) => {
  event.preventDefault();
  ACTIONS[event.target.dataset.action](event.target);
});
main.addEventListener("click", (event) => {
  if (event.target.matches("[data-action=print]")) {
    print();
  }
  if (event.detail > 1 && event.target.matches("button")) {
    event.preventDefault(); // the second of a double click would answer the next question
  }
});
// Links to a place in the page leave its address alone: it is that of the question.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']:not([href^='#/'])");
  if (link) {
    event.preventDefault();
    document.getElementById(link.hash.slice(1)).focus();
  }
});
addEventListener("hashchange", () => {
  if (location.hash !== shown) {
    show(location.hash);
  }
});
show(location.hash);
