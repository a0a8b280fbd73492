// The class as a text: a pasted list or a file as a table of cells, and a file for spreadsheets that
// reads back as the same. Knows nothing of the page.

/** @typedef {import("./types.js").School} School */
/** @typedef {import("./types.js").Group} Group */
/** @typedef {import("./types.js").Guide} Guide */

/**
 * The text of a file: UTF-8, what Excel calls "Unicode", or else windows-1252.
 * @param {ArrayBuffer} bytes
 * @returns {string}
 */
export function decode(bytes) {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * Whether a file is a workbook (zip, or the older binary form), whose cells are no text.
 * @param {ArrayBuffer} bytes
 * @returns {boolean}
 */
export function isWorkbook(bytes) {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  return (first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf);
}

/**
 * Rows of cells, all as wide as the widest; lines without anything are left out.
 * @param {string} text
 * @param {{file?: boolean}} [options] commas part the cells of a file, never those of typed names
 * @returns {string[][]}
 */
export function readTable(text, { file = false } = {}) {
  const clean = text.replace(/^\uFEFF?("?sep=.+[\r\n]+)?/i, ""); // Excel's own first line
  const separator = separatorOf(clean, file);
  const rows = cellsOf(clean, separator);
  if (separator === ",") mend(rows);
  const filled = rows.map((row) => row.map(tidy)).filter((row) => row.some(Boolean));
  const width = Math.max(0, ...filled.map((row) => row.length));
  return filled.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

/** The separator that cuts the most of the first lines, and most of them, whatever their widths. */
function separatorOf(text, file) {
  const score = (separator) => {
    const rows = cellsOf(text, separator, 20);
    const cut = rows.filter((row) => row.length > 1).length;
    return cut * 2 > rows.length ? cut : 0;
  };
  if (!file && text.includes("\t")) return "\t"; // as spreadsheets copy
  const candidates = file ? [";", "\t", ","] : ["\t", ";"];
  return candidates.reduce((best, one) => (score(one) > score(best) ? one : best));
}

/** A comma that is followed by a space parts no cells where a row would be wider than most. */
function mend(rows) {
  const widths = rows.map((row) => row.length).sort((one, other) => one - other);
  const width = widths[(widths.length - 1) >> 1];
  for (const row of rows) {
    for (let at = row.length - 1; at > 0 && row.length > width; at -= 1) {
      if (row[at].startsWith(" ")) row.splice(at - 1, 2, `${row[at - 1]},${row[at]}`);
    }
  }
}

/** The cells of the first `most` lines, blank ones left out. */
function cellsOf(text, separator, most = Infinity) {
  const rows = [];
  let [row, at] = [[], 0];
  while (at < text.length && rows.length < most) {
    const [cell, end] = cellAt(text, at, separator);
    row.push(cell);
    if (text[end] !== separator) {
      if (row.length > 1 || cell.trim()) rows.push(row);
      row = [];
    }
    at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    if (text[end] === separator && at === text.length) rows.push([...row, ""]);
  }
  return rows;
}

/** The cell that begins here, and where it ends. A quote that is never closed is only a quote. */
function cellAt(text, at, separator) {
  const closing = text[at] === '"' ? closingQuote(text, at + 1) : -1;
  const after = text[closing + 1];
  if (closing > 0 && (after === undefined || after === separator || /[\r\n]/.test(after))) {
    return [text.slice(at + 1, closing).replaceAll('""', '"'), closing + 1];
  }
  let end = at;
  while (end < text.length && text[end] !== separator && !/[\r\n]/.test(text[end])) end += 1;
  return [text.slice(at, end), end];
}

function closingQuote(text, from) {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** One line, without the apostrophe that keeps a spreadsheet from reading a formula. */
function tidy(cell) {
  return cell.replace(/\s+/g, " ").trim().replace(/^'('*[=+\-@])/, "$1");
}

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
