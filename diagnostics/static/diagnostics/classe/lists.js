// The class as a text: a pasted list or a file becomes a table of cells, and the class becomes a CSV file
// that reads back as the same class.

/**
 * Returns the text of a file in UTF-8, in UTF-16 (which Excel calls "Unicode") or else in windows-1252.
 * @param {ArrayBuffer} bytes
 */
export function decodeText(bytes) {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * True if a file is a workbook (zip, or the older binary form), whose cells cannot be read as text.
 * @param {ArrayBuffer} bytes
 */
export function isWorkbook(bytes) {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  return (first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf);
}

/**
 * Returns rows of cells, all as wide as the widest, without blank lines.
 * @param {string} text
 * @param {{isFile?: boolean}} [options] commas separate the cells of a file, never those of a typed list
 */
export function readTable(text, { isFile = false } = {}) {
  const clean = text.replace(/^\uFEFF?("?sep=.+[\r\n]+)?/i, ""); // Excel may write such a first line
  const separator = findSeparator(clean, isFile);
  const rows = parseRows(clean, separator);
  if (separator === ",") joinSplitCells(rows);
  const filled = rows.map((row) => row.map(tidyCell)).filter((row) => row.some(Boolean));
  const width = Math.max(0, ...filled.map((row) => row.length));
  return filled.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

/**
 * Returns the separator that cuts most of the first 20 lines, if it cuts more than half of them.
 * @param {string} text
 * @param {boolean} isFile
 */
function findSeparator(text, isFile) {
  /** @param {string} separator */
  const scoreOf = (separator) => {
    const rows = parseRows(text, separator, 20);
    const cut = rows.filter((row) => row.length > 1).length;
    return cut * 2 > rows.length ? cut : 0;
  };
  if (!isFile && text.includes("\t")) return "\t"; // cells copied from a spreadsheet
  const candidates = isFile ? [";", "\t", ","] : ["\t", ";"];
  return candidates.reduce((best, other) => (scoreOf(other) > scoreOf(best) ? other : best));
}

/** In rows wider than most, joins cells again at a comma with a space after it. @param {Table} rows */
function joinSplitCells(rows) {
  const widths = rows.map((row) => row.length).sort((left, right) => left - right);
  const width = widths[(widths.length - 1) >> 1];
  for (const row of rows) {
    for (let index = row.length - 1; index > 0 && row.length > width; index -= 1) {
      if (row[index].startsWith(" ")) row.splice(index - 1, 2, `${row[index - 1]},${row[index]}`);
    }
  }
}

/**
 * Returns the cells of the first lines, without blank lines.
 * @param {string} text
 * @param {string} separator
 */
function parseRows(text, separator, maxRows = Infinity) {
  /** @type {Table} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let position = 0;
  while (position < text.length && rows.length < maxRows) {
    const [cell, end] = parseCell(text, position, separator);
    row.push(cell);
    if (text[end] !== separator) {
      if (row.length > 1 || cell.trim()) rows.push(row);
      row = [];
    }
    position = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    if (text[end] === separator && position === text.length) rows.push([...row, ""]);
  }
  return rows;
}

/**
 * Returns the cell that begins here, and its end. A quote that is never closed is text.
 * @type {ParseCell}
 */
function parseCell(text, start, separator) {
  const closing = text[start] === '"' ? findClosingQuote(text, start + 1) : -1;
  const after = text[closing + 1];
  if (closing > 0 && (after === undefined || after === separator || /[\r\n]/.test(after))) {
    return [text.slice(start + 1, closing).replaceAll('""', '"'), closing + 1];
  }
  let end = start;
  while (end < text.length && text[end] !== separator && !/[\r\n]/.test(text[end])) end += 1;
  return [text.slice(start, end), end];
}

/** @param {string} text @param {number} start */
function findClosingQuote(text, start) {
  let position = text.indexOf('"', start);
  while (position >= 0 && text[position + 1] === '"') position = text.indexOf('"', position + 2);
  return position;
}

/** Returns a cell on one line, without the apostrophe that `formatCell` adds. @param {string} cell */
function tidyCell(cell) {
  return cell
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^'('*[=+\-@])/, "$1");
}

/**
 * Returns titles, then a row for each pupil; a cell that was no answer keeps its text.
 * @type {BuildTable}
 */
export function buildTable({ school, pupils }, groups, guide) {
  const results = groups.filter(({ kind }) => kind === "outcomes");
  const titleOf = new Map(results.flatMap((group) => group.pupils.map((pupil) => [pupil, group.title])));
  const titles = ["N°", "Nom", ...guide.questions.map(({ title }) => title), "Conclusions"];
  /** @param {Pupil} pupil @param {Question} question */
  const answerOf = (pupil, { key, choices }) => {
    const chosen = school[key] ?? pupil.answers[key];
    return choices.find((choice) => choice.key === chosen)?.label ?? pupil.asked[key] ?? "";
  };
  const rows = pupils.map((pupil, index) => [
    String(index + 1),
    pupil.name,
    ...guide.questions.map((question) => answerOf(pupil, question)),
    titleOf.get(pupil) ?? "",
  ]);
  return [titles, ...rows];
}

/** Returns a text with a BOM, semicolons and CRLF, which a French Excel needs. @param {Table} rows */
export function formatCsv(rows) {
  return `\uFEFF${rows.map((row) => row.map(formatCell).join(";")).join("\r\n")}\r\n`;
}

/** Adds an apostrophe, even to others, where a spreadsheet would read a formula. @param {string} cell */
function formatCell(cell) {
  const text = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
