// The types that the modules of class mode share; they need no import. Nothing runs here, and no browser loads
// this file.

/**
 * The parts of the guide's document that this page reads. `toDo` has the tones of the conclusions and of the
 * advice that pupils have to act upon.
 * @typedef {{key: string, label: string, help?: string, aliases?: string[]}} Choice
 * @typedef {{key: string, title: string, help?: string, scope?: "school"|"pupil", choices: Choice[]}} Question
 * @typedef {{key: string, title: string}} Outcome
 * @typedef {{questions: Question[], outcomes: Outcome[], toDo: {outcomes: string[], advice: string[]}}} Guide
 */

/**
 * The data attributes of the page; `guide` and `toDo` are JSON texts.
 * @typedef {Record<"slug"|"title"|"guide"|"version"|"guideUrl"|"evaluateUrl"|"toDo", string>} PageData
 */

/**
 * The key of a choice for each answered question. The object has no prototype, because a question may
 * have the key « constructor ».
 * @typedef {Record<string, string>} Answers
 */

/**
 * `asked` holds the cells of the list that are no answer, under the keys of the questions that they
 * leave open.
 * @typedef {{name: string, answers: Answers, asked: Record<string, string>}} Pupil
 */

/**
 * All that the tab stores. `school` holds the answers of the school, and `typed` the text of the list
 * that is not added yet.
 * @typedef {{school: Answers, pupils: Pupil[], typed: string}} SchoolClass
 */

/**
 * A list as the cells of each row, and the functions of `lists` that read and write it.
 * @typedef {string[][]} Table
 * @typedef {(text: string, start: number, separator: string) => [cell: string, end: number]} ParseCell
 * @typedef {(schoolClass: SchoolClass, groups: Group[], guide: Guide) => Table} BuildTable
 */

/**
 * What `matching` finds in a list. `Spellings` has the key of the choice for each spelling of a question,
 * `IsFit` says whether a question fits the column with this index, and `TitleTest` whether a cell is the
 * question's title. `roles` has a role for each column. `schoolQuestions` are those that the school has not
 * answered yet.
 * @typedef {Map<string, string|null>} Spellings
 * @typedef {(index: number, question: Question) => boolean} IsFit
 * @typedef {(title: string, question: Question) => boolean} TitleTest
 * @typedef {(table: Table, isTitled: boolean, questions: Question[], schoolQuestions?: Question[]) => string[]}
 *   GuessRoles
 * @typedef {(roles: string[], questions: Question[], isFit: IsFit) => void} AssignQuestions
 * @typedef {(rows: Table, roles: string[], questions: Question[]) => Pupil[]} ReadPupils
 * @typedef {(row: string[], roles: string[], spellingsByRole: Map<string, Spellings>) => Pupil} ReadPupil
 */

/**
 * An outcome, and a state with its outcomes, in the form in which `evaluate` answers. The status
 * « refused » is this page's own: the server has refused the answers.
 * @typedef {{question: string, choice: string}} GivenAnswer
 * @typedef {{key: string, title: string, body_html: string, tone: string,
 *   link: {label: string, url: string}|null, because: {answers: GivenAnswer[]}[]}} GivenOutcome
 * @typedef {{key: string, title: string, help_html: string, scope: string, choices: Choice[]}} AskedQuestion
 * @typedef {{answers: GivenAnswer[], advice: GivenOutcome[], outcomes: GivenOutcome[]}} Findings
 * @typedef {Findings & {status: "in_progress", question: AskedQuestion}} OpenState
 * @typedef {Findings & {status: "completed"|"stuck"|"refused", question: null}} FinalState
 * @typedef {OpenState|FinalState} State
 */

/**
 * A guide with its version, and what `evaluate-batch` receives for each row and answers: its states name
 * their question and their outcomes by key.
 * @typedef {{body: Omit<Guide, "toDo">, version: string}} ServedGuide
 * @typedef {{id: string, answers: Answers}} Row
 * @typedef {{key: string, because: {answers: GivenAnswer[]}[]}} NamedOutcome
 * @typedef {{question: string|null, advice: NamedOutcome[], outcomes: NamedOutcome[]}} NamedState
 * @typedef {{results: {state?: NamedState}[],
 *   texts: {questions: AskedQuestion[], outcomes: Omit<GivenOutcome, "because">[]}}} BatchAnswer
 */

/**
 * The pupils who have the same question to answer, or the same conclusions.
 * @typedef {{kind: "question"|"school", state: OpenState}} AskedKind
 * @typedef {{kind: "outcomes"|"stuck"|"refused", state: FinalState}} FinalKind
 * @typedef {{kind: "waiting", state: null}} WaitingKind
 * @typedef {{id: string, title: string, pupils: Pupil[]} & (AskedKind|FinalKind|WaitingKind)} Group
 */

/**
 * A pupil with their place in the list and their state, if it is known; and the row on screen that was
 * built from these.
 * @typedef {{pupil: Pupil, number: number, state: State|undefined}} ListedPupil
 * @typedef {ListedPupil & {node: HTMLLIElement, fingerprint: string, groupId: string}} ShownRow
 * @typedef {(details: Element, listed: ListedPupil, guide: Guide) => void} FillDetails
 */

/**
 * Where the focus is in a group, and the pupils who may have it next.
 * @typedef {{control: HTMLElement, section: Element, pupil: Pupil|undefined, next: Pupil[],
 *   role: string|undefined}} Focus
 */

/**
 * Everything that the page shows or prints at one moment. `numbers` are the pupils' places in the list.
 * `source` is the line under each printed sheet that names the guide, its version and the date.
 * @typedef {(pupil: Pupil) => State|undefined} StateOf
 * @typedef {{pupils: Pupil[], numbers: Map<Pupil, number>, groups: Group[], guide: Guide, source: string,
 *   stateOf: StateOf}} Snapshot
 */

/**
 * The builders of `dom`. `Properties` are properties of an element, or else attributes. The first option of a
 * select is no choice: its label is `emptyLabel`.
 * @typedef {Record<string, unknown>} Properties
 * @typedef {(choices: Choice[], emptyLabel: string, properties: Properties) => HTMLSelectElement} CreateSelect
 * @typedef {(root: HTMLElement, selector: string, choose: (list: HTMLSelectElement) => void) => void}
 *   ListenForChoices
 */

/**
 * The builders of `panels`. `helpOf` returns the server's HTML of a question's help.
 * @typedef {(root: Element, guide: Guide, answers: Answers, helpOf: (key: string) => Node|null) => void}
 *   ShowSchoolQuestions
 * @typedef {(question: Question, chosen: string|undefined, help: Node|null) => HTMLElement} BuildFieldset
 * @typedef {(name: string, choice: Choice, checked: boolean) => HTMLElement} BuildRadio
 * @typedef {(root: Element, groups: Group[], total: number) => void} ShowSummary
 * @typedef {(outcome: GivenOutcome, headingTag: "h3"|"h4") => HTMLElement[]} BuildOutcome
 * @typedef {(outcome: GivenOutcome) => HTMLElement} BuildFoldedAdvice
 * @typedef {(state: State, guide: Guide, headingTag: "h3"|"h4") => HTMLElement[]} BuildGroupOutcomes
 * @typedef {(snapshot: Snapshot) => HTMLElement[]} BuildSheets
 * @typedef {(pupil: Pupil, number: number, question: AskedQuestion|null) => HTMLElement} BuildLine
 */

/**
 * What a visitor can do to pupils.
 * @typedef {(pupils: Pupil[]) => void} Act
 * @typedef {{answerForPupils: (pupils: Pupil[], question: string, choice: string) => void,
 *   renamePupil: (pupil: Pupil, name: string) => void, removePupils: Act}} Actions
 */
