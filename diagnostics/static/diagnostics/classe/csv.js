// The class as a file for spreadsheets, which step 2 reads back.

/** @typedef {import("./types.js").School} School */
/** @typedef {import("./types.js").Group} Group */
/** @typedef {import("./types.js").Guide} Guide */

/**
 * @param {School} school
 * @param {Group[]} groups
 * @param {Guide} guide
 * @returns {string[][]} titles, then a row for each pupil; a cell that is no answer stays as it stood
 */
export function classTable({ school, pupils }, groups, guide) {
  const places = new Map(groups.flatMap((group) => group.pupils.map((pupil) => [pupil, group])));
  const titles = ["N°", "Nom", ...guide.questions.map(({ title }) => title), "Conclusions"];
  const given = (pupil, one) => labelOf(one, school[one.key] ?? pupil.answers[one.key]);
  const rows = pupils.map((pupil, at) => [
    String(at + 1),
    pupil.name,
    ...guide.questions.map((one) => given(pupil, one) ?? pupil.asked[one.key] ?? ""),
    conclusions(places.get(pupil)),
  ]);
  return [titles, ...rows];
}

function labelOf(question, choice) {
  return question.choices.find(({ key }) => key === choice)?.label;
}

function conclusions(group) {
  return group?.kind === "outcomes" ? group.title : "";
}

/**
 * @param {string[][]} rows
 * @returns {string} with a BOM, semicolons and CRLF, as a French Excel wants it
 */
export function toCsv(rows) {
  return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** A cell that a spreadsheet would calculate gets an apostrophe, one more if it has some. */
function cell(value) {
  const text = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
