// What the columns and cells of a list mean, in the guide's own words.

// The roles of columns; `roleOf` returns the role of a column with answers to a question.
export const LAST_NAME = "nom";
export const FIRST_NAME = "prenom";
export const CLASS = "classe";
const NO_ROLE = "";
const QUESTION_PREFIX = "question:";

/** @type {Record<string, string[]>} */
const NAME_TITLES = {
  [LAST_NAME]: [
    "nom",
    "noms",
    "nom de famille",
    "nom complet",
    "nom prenom",
    "nom et prenom",
    "prenom nom",
    "prenom et nom",
    "nom usuel",
    "nom d usage",
    "nom de l eleve",
    "nom eleve",
    "eleve",
    "eleves",
  ],
  [FIRST_NAME]: ["prenom", "prenoms", "prenom eleve", "prenom de l eleve", "prenom usuel"],
  [CLASS]: ["classe", "classes", "division"],
};

/**
 * Returns a text without accents, case, spaces, apostrophes and dashes; a dash alone stays a dash.
 * @param {string} text
 */
function normaliseText(text) {
  const plain = text
    .replace(/[´`‘’ʼ]/g, "'")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
  const letters = plain.replace(/[\s'\p{Pd}\p{Cf}−]+/gu, "");
  return letters || (/[\p{Pd}−]/u.test(plain) ? "-" : "");
}

/**
 * Returns a title of a column as words between single spaces; « (s) » counts as « s ».
 * @param {string} title
 */
function normaliseTitle(title) {
  const plain = title
    .normalize("NFKD")
    .replace(/[\p{M}()]/gu, "")
    .toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** @param {Question} question */
export const isAboutPupil = (question) => question.scope !== "school";

/**
 * Returns the key of the choice for each spelling, or null if two choices share it.
 *
 * A label means its own choice, even if it is also the key or an alias of another one.
 * @param {Question} question
 */
function spellingsOf({ choices }) {
  const labels = choicesBySpelling(choices, ({ label }) => [label]);
  const others = choicesBySpelling(choices, ({ key, aliases }) => [key, ...(aliases ?? [])]);
  return new Map([...others, ...labels]);
}

/**
 * @param {Choice[]} choices
 * @param {(choice: Choice) => string[]} textsOf
 */
function choicesBySpelling(choices, textsOf) {
  /** @type {Spellings} */
  const found = new Map();
  for (const choice of choices) {
    for (const spelling of textsOf(choice).map(normaliseText)) {
      const other = found.get(spelling);
      found.set(spelling, other === undefined || other === choice.key ? choice.key : null);
    }
  }
  return found;
}

/** @param {string} key */
export const roleOf = (key) => QUESTION_PREFIX + key;

/** @param {string} role */
export const isQuestionRole = (role) => role.startsWith(QUESTION_PREFIX);

/**
 * True if a cell of the first line is a title. In doubt, the line is a pupil, who must not be lost.
 * @param {Table} table
 * @param {Question[]} questions
 */
export function hasTitles(table, questions) {
  return (table[0] ?? []).some((cell) => {
    const answers = cell.split(/[,;/+]/);
    const isAnswer = questions.some((question) => countAnswers(answers, question) > 0);
    const isTitle = questions.some((question) => isTitleOf(cell, question));
    return nameRoleOf(cell) || (isTitle && !isAnswer);
  });
}

/**
 * Guesses what each column is by its title, then by its cells; then names, if no column has a name.
 * @type {GuessRoles}
 */
export function guessRoles(table, isTitled, questions, schoolQuestions = []) {
  const titles = (table[0] ?? []).map((title) => (isTitled ? title : ""));
  const rows = isTitled ? table.slice(1) : table;
  const columns = titles.map((_, index) => cellsOf(rows, index));
  const roles = titles.map(nameRoleOf);
  const pupilQuestions = questions.filter(isAboutPupil);
  /** @type {IsFit} */
  const isExact = (index, question) => isExactTitleOf(titles[index], question);
  /** @type {IsFit} */
  const isExactAndAgreed = (index, question) =>
    isExact(index, question) && isAgreed(columns[index], question);
  /** @type {IsFit} */
  const isTitle = (index, question) =>
    isTitleOf(titles[index], question) && countAnswers(columns[index], question) > 0;
  /** @type {IsFit} */
  const isOwn = (index, question) => isOnlyAbout(columns[index], question, questions);
  assignQuestions(roles, pupilQuestions, isExact);
  assignQuestions(roles, schoolQuestions, isExactAndAgreed);
  assignQuestions(roles, pupilQuestions, isTitle);
  assignQuestions(roles, pupilQuestions, isOwn);
  assignNames(roles, isTitled);
  return roles;
}

/**
 * Gives each column without a role the first question that fits it and has no column yet.
 * @type {AssignQuestions}
 */
function assignQuestions(roles, questions, isFit) {
  roles.forEach((role, index) => {
    if (role !== NO_ROLE) return;
    const free = questions.filter(({ key }) => !roles.includes(roleOf(key)));
    const found = free.find((question) => isFit(index, question));
    if (found) roles[index] = roleOf(found.key);
  });
}

/** @param {string[]} roles @param {boolean} isTitled */
function assignNames(roles, isTitled) {
  if (roles.includes(LAST_NAME) || roles.includes(FIRST_NAME)) return;
  for (const name of isTitled ? [LAST_NAME] : [LAST_NAME, FIRST_NAME]) {
    const index = roles.indexOf(NO_ROLE);
    if (index >= 0) roles[index] = name;
  }
}

/** @param {string} title */
function nameRoleOf(title) {
  const plain = normaliseTitle(title);
  return Object.keys(NAME_TITLES).find((role) => NAME_TITLES[role].includes(plain)) ?? NO_ROLE;
}

/** @type {TitleTest} */
function isExactTitleOf(title, { key, title: ownTitle }) {
  return title !== "" && [key, ownTitle].some((text) => normaliseTitle(text) === normaliseTitle(title));
}

/**
 * True for the question's title or key, and for two or more words in a row of its title or help.
 * @type {TitleTest}
 */
function isTitleOf(title, question) {
  const plain = normaliseTitle(title);
  if (isExactTitleOf(title, question)) return true;
  const texts = [question.title, question.help ?? ""].map((text) => ` ${normaliseTitle(text)} `);
  return plain.length > 5 && plain.includes(" ") && texts.some((text) => text.includes(` ${plain} `));
}

/** @param {string[]} cells @param {Question} question */
function countAnswers(cells, question) {
  const spellings = spellingsOf(question);
  return cells.filter((cell) => spellings.get(normaliseText(cell))).length;
}

/**
 * True if at least half of the filled cells are labels of this question that no other question has.
 * @param {string[]} cells
 * @param {Question} question
 * @param {Question[]} questions
 */
function isOnlyAbout(cells, question, questions) {
  const own = labelsOf(question);
  const others = questions.filter((other) => other !== question);
  const foreign = new Set(others.flatMap((other) => [...labelsOf(other)]));
  const filled = cells.map(normaliseText).filter(Boolean);
  const matched = filled.filter((cell) => own.has(cell) && !foreign.has(cell));
  return matched.length > 0 && matched.length * 2 >= filled.length;
}

/** @param {Question} question */
function labelsOf({ choices }) {
  return new Set(choices.flatMap(({ label, aliases }) => [label, ...(aliases ?? [])].map(normaliseText)));
}

/** @param {Table} rows @param {number} index */
export const cellsOf = (rows, index) => rows.map((row) => row[index] ?? "");

/**
 * Counts the cells of a column that are answers to a question, and the other filled cells.
 * @param {string[]} cells
 * @param {Question} question
 */
export function countReadable(cells, question) {
  const filled = cells.filter(Boolean);
  const understood = countAnswers(filled, question);
  return { understood, unclear: filled.length - understood };
}

/**
 * True if all filled cells of a column give the same answer to a question.
 * @param {string[]} cells
 * @param {Question} question
 */
export function isAgreed(cells, question) {
  const spellings = spellingsOf(question);
  const filled = cells.filter(Boolean);
  const choices = new Set(filled.map((cell) => spellings.get(normaliseText(cell)) ?? null));
  return choices.size === 1 && !choices.has(null);
}

/**
 * Returns rows as pupils, without empty ones. A cell that is not exactly one answer goes into `asked`.
 * @type {ReadPupils}
 */
export function readPupils(rows, roles, questions) {
  const spellingsByRole = new Map(questions.map((question) => [roleOf(question.key), spellingsOf(question)]));
  const pupils = rows.map((row) => readPupil(row, roles, spellingsByRole));
  return pupils.filter(({ name, answers, asked }) => name || Object.keys({ ...answers, ...asked }).length);
}

/** @type {ReadPupil} */
function readPupil(row, roles, spellingsByRole) {
  /** @param {string} role */
  const cellsWithRole = (role) => row.filter((cell, index) => cell && roles[index] === role);
  const classes = cellsWithRole(CLASS).map((cell) => `(${cell})`);
  const name = [...cellsWithRole(LAST_NAME), ...cellsWithRole(FIRST_NAME), ...classes].join(" ");
  /** @type {Pupil} */
  const pupil = { name, answers: Object.create(null), asked: Object.create(null) };
  roles.forEach((role, index) => {
    const spellings = spellingsByRole.get(role);
    if (!spellings || !row[index]) return;
    const key = role.slice(QUESTION_PREFIX.length);
    const choice = spellings.get(normaliseText(row[index]));
    if (choice) pupil.answers[key] = choice;
    else pupil.asked[key] = row[index];
  });
  return pupil;
}
