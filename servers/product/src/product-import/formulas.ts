/** The characters that begin a formula in a spreadsheet, and their full-width forms. */
const SIGN = '[=+\\-@\\uFF0B\\uFF0D\\uFF1D\\uFF20]';
/** Blanks and quotes, which a spreadsheet may skip before a formula. */
const PASSED = '(?:[^\\S\\t\\r\\n]|["\'])*';
/** Characters that may separate cells in a spreadsheet with other settings, even inside quotes. */
const SEPARATOR = '\\r\\n|[;|\\t\\r\\n]';

const FIRST = `(?=${PASSED}(?:${SIGN}|[\\t\\r\\n]))`;
const LATER = `(?=${PASSED}${SIGN})`;
const first = new RegExp(`^${FIRST}`);
const later = new RegExp(`(?:${SEPARATOR})${LATER}`, 'g');
const defusedFirst = new RegExp(`^'${FIRST}`);
const defusedLater = new RegExp(`(${SEPARATOR})'${LATER}`, 'g');
const formerlyDefused = /^'+[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;

/**
 * Makes text safe for spreadsheets: adds an apostrophe before a formula at the beginning and after a semicolon, bar, tab or line end
 * (OWASP, CSV injection). Apostrophes before a formula get another one, so that `restore` removes exactly one.
 */
export function defuse(text: string): string {
  const defused = text.replace(later, "$&'");
  return first.test(text) ? `'${defused}` : defused;
}

/** Reverses `defuse`. */
export function restore(cell: string): string {
  return cell.includes("'") ? cell.replace(defusedFirst, '').replace(defusedLater, '$1') : cell;
}

/** Reads a cell as the previous release did: removes an apostrophe at the beginning only. */
export function restoreFirst(cell: string): string {
  return formerlyDefused.test(cell) ? cell.slice(1) : cell;
}
