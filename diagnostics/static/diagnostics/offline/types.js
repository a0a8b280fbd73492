// The types that the scripts of the guide as one file share; they need no import. Nothing runs here, and the
// file that schools download does not contain this.

/**
 * The data of the file (`file_data` in diagnostics/web/offline.py). A row has its question (null at an end),
 * the words for what comes after it, and for each choice the next row with the rules that come and go.
 * The table names rules by their index; `rules` has those that give an outcome, in the order of the guide.
 * A condition of an advice rule has the questions that it looks at and, if it may fail while the rule holds, the
 * choices that it accepts or whether its two answers are to be the same.
 * @typedef {[nextRow: number, added: number[], removed: number[]]} OfflineArrow
 * @typedef {[question: string|null, after: string, arrows: OfflineArrow[]]} OfflineRow
 * @typedef {{title: string, of_school: boolean, for_pupil: string|null,
 *   choices: [key: string, label: string][]}} OfflineQuestion
 * @typedef {{title: string, tone: string, final: boolean, is_to_do: boolean,
 *   for_pupil_html: string|null}} OfflineOutcome
 * @typedef {[questions: string[], accepted: string[]|null, isSame: boolean|null]} OfflineCondition
 * @typedef {[index: number, outcome: string, conditions: OfflineCondition[]]} OfflineRule
 * @typedef {{made: number, start: number[], rows: OfflineRow[], rules: OfflineRule[],
 *   questions: Record<string, OfflineQuestion>,
 *   outcomes: Record<string, OfflineOutcome>}} OfflineGuide
 */

/**
 * A question that was answered on the path, and the state to which all answers lead.
 * @typedef {{row: number, question: string, choice: string}} OfflineStep
 * @typedef {{row: number, path: OfflineStep[], question: string|null, rules: OfflineRule[],
 *   ignored: string[]}} OfflineState
 */

/**
 * What one address shows.
 * @typedef {{title: string, parts: Node[]}} OfflinePage
 */

/**
 * What a template is filled with, by the names of its places. What is false or empty is left out.
 * @typedef {Record<string, boolean|(Node|string)[]>} OfflineContents
 */
