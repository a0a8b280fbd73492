// What columns and cells mean, in the guide's own words. Knows nothing of the page.

/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./types.js").Pupil} Pupil */

export const LAST_NAME = "nom";
export const FIRST_NAME = "prenom";
export const CLASS = "classe";
export const NOTHING = "";
const QUESTION = "question:";

const NAMES = {
  [LAST_NAME]: ["nom", "noms", "nom de famille", "nom complet", "nom prenom", "nom et prenom",
    "prenom nom", "prenom et nom", "nom usuel", "nom d usage", "nom de l eleve", "nom eleve", "eleve",
    "eleves"],
  [FIRST_NAME]: ["prenom", "prenoms", "prenom eleve", "prenom de l eleve", "prenom usuel"],
  [CLASS]: ["classe", "classes", "division"],
};

/**
 * A text whatever its accents, case, spaces, apostrophes and dashes; a dash alone is a dash.
 * @param {string} text
 * @returns {string}
 */
export function normalise(text) {
  const plain = text.replace(/[´`‘’ʼ]/g, "'").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const letters = plain.replace(/[\s'\p{Pd}\p{Cf}−]+/gu, "");
  return letters || (/[\p{Pd}−]/u.test(plain) ? "-" : "");
}

/** @param {Question} question @returns {boolean} whether each pupil has an answer of their own */
export const isPupils = (question) => question.scope !== "school";

/** Words between single spaces, for titles of columns; « (s) » counts as « s ». */
function words(text) {
  const plain = text.normalize("NFKD").replace(/[\p{M}()]/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * @param {Question} question
 * @returns {Map<string, string|null>} each spelling to the key of its choice, null for two choices
 */
export function spellings(question) {
  const found = new Map();
  for (const choice of question.choices) {
    for (const text of [choice.key, choice.label, ...(choice.aliases ?? [])]) {
      const spelling = normalise(text);
      const other = found.get(spelling);
      found.set(spelling, other === undefined || other === choice.key ? choice.key : null);
    }
  }
  return found;
}

/** @param {string} key @returns {string} what a column is, when it answers a question */
export const asRole = (key) => QUESTION + key;

/** @param {string} role @returns {string|null} */
export const questionOf = (role) => (role.startsWith(QUESTION) ? role.slice(QUESTION.length) : null);

/**
 * Whether the first line is titles: a cell of it names a column. Nothing else is taken for one, or a
 * pupil whose answer is spelt in no known way would be lost.
 * @param {string[][]} table
 * @param {Question[]} questions all of the guide's
 * @returns {boolean}
 */
export function hasTitles(table, questions) {
  const isAnswer = (cell) => questions.some((one) => answers(cell.split(/[,;/+]/), one) > 0);
  const names = (cell) => questions.some((one) => isTitleOf(cell, one)) && !isAnswer(cell);
  return (table[0] ?? []).some((cell) => nameRole(cell) || names(cell));
}

/**
 * What each column is: by its title, then by its cells; then names, if none is named.
 * @param {string[][]} table
 * @param {boolean} titled whether the first line is titles
 * @param {Question[]} questions all of the guide's
 * @param {Question[]} [schools] those of the school that it has not answered
 * @returns {string[]} a role for each column
 */
export function guessColumns(table, titled, questions, schools = []) {
  const titles = titled ? table[0] : [];
  const rows = titled ? table.slice(1) : table;
  const roles = (table[0] ?? []).map((_, at) => nameRole(titles[at] ?? ""));
  const claim = (fits) => claimQuestions(roles, questions.filter(isPupils), fits);
  const equal = (at, one) => titled && isEqualTo(titles[at], one);
  claim(equal);
  claimQuestions(roles, schools, (at, one) => equal(at, one) && agree(rows, at, one));
  claim((at, one) => titled && isTitleOf(titles[at], one) && answers(column(rows, at), one) > 0);
  claim((at, one) => tells(column(rows, at), one, questions));
  nameTheRest(roles, titled);
  return roles;
}

/** Gives each column that has no role yet the first question that fits it and is still free. */
function claimQuestions(roles, questions, fits) {
  roles.forEach((role, at) => {
    if (role !== NOTHING) return;
    const found = questions.find((one) => !roles.includes(asRole(one.key)) && fits(at, one));
    if (found) roles[at] = asRole(found.key);
  });
}

function nameTheRest(roles, titled) {
  if (roles.includes(LAST_NAME) || roles.includes(FIRST_NAME)) return;
  for (const name of titled ? [LAST_NAME] : [LAST_NAME, FIRST_NAME]) {
    const at = roles.indexOf(NOTHING);
    if (at >= 0) roles[at] = name;
  }
}

function nameRole(title) {
  const spoken = words(title);
  return Object.keys(NAMES).find((role) => NAMES[role].includes(spoken)) ?? NOTHING;
}

function isEqualTo(title, question) {
  return title !== "" && [question.key, question.title].some((text) => words(text) === words(title));
}

/** Equal to the question's title or key, or a part of two words or more of its title or help. */
function isTitleOf(title, question) {
  const spoken = words(title);
  if (isEqualTo(title, question)) return true;
  const told = [question.title, question.help ?? ""].map((text) => ` ${words(text)} `);
  return spoken.length > 5 && spoken.includes(" ") && told.some((text) => text.includes(` ${spoken} `));
}

/** How many of the cells are answers to a question. */
function answers(cells, question) {
  const known = spellings(question);
  return cells.filter((cell) => known.get(normalise(cell))).length;
}

/** Whether half of the cells or more are words for the choices of this question and of no other. */
function tells(cells, question, questions) {
  const own = wordsOf(question);
  const others = questions.filter((one) => one !== question);
  const foreign = new Set(others.flatMap((one) => [...wordsOf(one)]));
  const filled = cells.map(normalise).filter(Boolean);
  const telling = filled.filter((cell) => own.has(cell) && !foreign.has(cell));
  return telling.length > 0 && telling.length * 2 >= filled.length;
}

function wordsOf({ choices }) {
  return new Set(choices.flatMap(({ label, aliases }) => [label, ...(aliases ?? [])].map(normalise)));
}

const column = (rows, at) => rows.map((row) => row[at] ?? "");

/**
 * How a column reads as answers to a question.
 * @param {string[][]} rows
 * @param {number} at
 * @param {Question} question
 * @returns {{understood: number, unclear: number}}
 */
export function readability(rows, at, question) {
  const filled = column(rows, at).filter(Boolean);
  const understood = answers(filled, question);
  return { understood, unclear: filled.length - understood };
}

/**
 * Whether all filled cells of a column give one answer to a question.
 * @param {string[][]} rows
 * @param {number} at
 * @param {Question} question
 * @returns {boolean}
 */
export function agree(rows, at, question) {
  const known = spellings(question);
  const given = new Set(column(rows, at).filter(Boolean).map((cell) => known.get(normalise(cell)) ?? null));
  return given.size === 1 && !given.has(null);
}

/**
 * Rows as pupils. A cell that is not one answer as a whole is kept as it stood, to be asked about.
 * @param {string[][]} rows
 * @param {string[]} roles
 * @param {Question[]} questions
 * @returns {Pupil[]}
 */
export function toPupils(rows, roles, questions) {
  const known = new Map(questions.map((one) => [asRole(one.key), [one.key, spellings(one)]]));
  return rows.map((row) => toPupil(row, roles, known)).filter((pupil) => !isEmpty(pupil));
}

function toPupil(row, roles, known) {
  const named = (role) => row.filter((cell, at) => cell && roles[at] === role);
  const classes = named(CLASS).map((cell) => `(${cell})`);
  const name = [...named(LAST_NAME), ...named(FIRST_NAME), ...classes].join(" ");
  const pupil = { name, answers: Object.create(null), asked: Object.create(null) };
  roles.forEach((role, at) => {
    if (!known.has(role) || !row[at]) return;
    const [key, spelt] = known.get(role);
    const choice = spelt.get(normalise(row[at]));
    if (choice) pupil.answers[key] = choice;
    else pupil.asked[key] = row[at];
  });
  return pupil;
}

const isEmpty = ({ name, answers: given, asked }) =>
  !name && !Object.keys(given).length && !Object.keys(asked).length;
