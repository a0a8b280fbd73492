// The types that the modules of class mode share. Nothing runs here, and no browser loads this file.

/**
 * The parts of the guide's document that this page reads.
 * @typedef {{key: string, label: string, help?: string, aliases?: string[]}} Choice
 * @typedef {{key: string, title: string, help?: string, scope?: "school"|"pupil", choices: Choice[]}} Question
 * @typedef {{key: string, title: string}} Outcome
 * @typedef {{questions: Question[], outcomes: Outcome[]}} Guide
 */

/**
 * The data attributes of the page; `guide` is the JSON text of the guide.
 * @typedef {{guide: string, version: string, guideUrl: string, evaluateUrl: string}} PageData
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
 * An outcome, and a state with its outcomes, in the form in which `evaluate-batch` answers. The status
 * « refused » is this page's own: the server has refused the answers.
 * @typedef {{key: string, title: string, body_html: string, tone: string,
 *   link: {label: string, url: string}|null,
 *   because: {answers: {question: string, choice: string}[]}[]}} GivenOutcome
 * @typedef {{status: "in_progress"|"completed"|"stuck"|"refused",
 *   answers: {question: string, choice: string}[],
 *   question: {key: string, title: string, help_html: string, scope: string, choices: Choice[]}|null,
 *   advice: GivenOutcome[], outcomes: GivenOutcome[]}} State
 */

/**
 * The pupils who have the same question to answer, or the same conclusions.
 * @typedef {{id: string, kind: "question"|"school"|"outcomes"|"stuck"|"refused"|"waiting",
 *   title: string, pupils: Pupil[], state: State|null}} Group
 */

/**
 * Everything that the page shows or prints at one moment. `numbers` are the pupils' places in the list.
 * `source` is the line under each printed sheet that names the guide, its version and the date.
 * @typedef {{pupils: Pupil[], numbers: Map<Pupil, number>, groups: Group[], guide: Guide, source: string,
 *   stateOf: (pupil: Pupil) => State|undefined}} Snapshot
 */

/**
 * What a visitor can do to pupils.
 * @typedef {{answerForPupils: (pupils: Pupil[], question: string, choice: string) => void,
 *   renamePupil: (pupil: Pupil, name: string) => void, removePupils: (pupils: Pupil[]) => void}} Actions
 */

export {};
