// What the modules hand to each other. Nothing runs here.

/**
 * As in the guide's document (product contract): only what this page reads.
 * @typedef {{key: string, label: string, help?: string, aliases?: string[]}} Choice
 * @typedef {{key: string, title: string, help?: string, scope?: "school"|"pupil", choices: Choice[]}} Question
 * @typedef {{key: string, title: string}} Outcome
 * @typedef {{questions: Question[], outcomes: Outcome[]}} Guide
 */

/**
 * Answers are by question key, on objects without a prototype: « constructor » is a key like others.
 * @typedef {Record<string, string>} Answers
 * @typedef {{name: string, answers: Answers, asked: Record<string, string>}} Pupil
 * `asked`: cells that are no answer, as they stood, for the questions that they left open.
 * @typedef {{school: Answers, pupils: Pupil[], typed: string}} School
 * `typed`: the list that is not added yet.
 */

/**
 * As `evaluate-batch` answers.
 * @typedef {{key: string, title: string, body_html: string, tone: string,
 *   link: {label: string, url: string}|null,
 *   because: {answers: {question: string, choice: string}[]}[]}} Given
 * @typedef {{status: "in_progress"|"completed"|"stuck"|"refused",
 *   answers: {question: string, choice: string}[],
 *   question: {key: string, title: string, help_html: string, scope: string, choices: Choice[]}|null,
 *   advice: Given[], outcomes: Given[]}} State
 */

/**
 * Pupils who are in the same place.
 * @typedef {{id: string, kind: "question"|"school"|"outcomes"|"stuck"|"refused"|"waiting",
 *   title: string, pupils: Pupil[], state: State|null}} Group
 */

export {};
