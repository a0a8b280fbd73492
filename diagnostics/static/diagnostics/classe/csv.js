// The class as a file for spreadsheets, which step 2 reads back.

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
