// The types that the scripts of the guide as one file share; they need no import. Nothing runs here, and the
// file that schools download does not contain this.

/**
 * The data of the file (`file_data` in diagnostics/web/offline.py). A row has its question (null at an end),
 * the words for what comes after it, and for each choice the next row with the rules that come and go.
 * The table names rules by their index; `rules` has the outcome that each gives and, for a conclusion, the
 * sentence of its reason, in the order in which a result shows them.
 * @typedef {[nextRow: number, added: number[], removed: number[]]} OfflineArrow
 * @typedef {[question: string|null, after: string, arrows: OfflineArrow[]]} OfflineRow
 * @typedef {{title: string, of_school: boolean, choices: [key: string, label: string][]}} OfflineQuestion
 * @typedef {{title: string, tone: string, final: boolean, is_to_do: boolean}} OfflineOutcome
 * @typedef {[index: number, outcome: string, reason: string]} OfflineRule
 * @typedef {{made: number, start: number[], rows: OfflineRow[], rules: OfflineRule[],
 *   questions: Record<string, OfflineQuestion>,
 *   outcomes: Record<string, OfflineOutcome>}} OfflineGuide
 */

/**
 * A question that was answered on the path, and the state to which all answers lead.
 * @typedef {{row: number, question: string, choice: string}} OfflineStep
 * @typedef {{row: number, path: OfflineStep[], question: string|null, rules: OfflineRule[], newRules: OfflineRule[],
 *   ignored: string[]}} OfflineState
 */

/**
 * What one address shows.
 * @typedef {{title: string, parts: Node[]}} OfflinePage
 */
