/** What a spreadsheet takes for the beginning of a formula, also in full width. */
const SIGN = '[=+\\-@\\uFF0B\\uFF0D\\uFF1D\\uFF20]';
/** What it may pass over before one: blanks and quotes. */
const PASSED = '(?:[^\\S\\t\\r\\n]|["\'])*';
/** Where a spreadsheet may begin another cell, whatever quotes there are, if these are its separators. */
const SEPARATOR = '\\r\\n|[;|\\t\\r\\n]';

const FIRST = `(?=${PASSED}(?:${SIGN}|[\\t\\r\\n]))`;
const LATER = `(?=${PASSED}${SIGN})`;
const first = new RegExp(`^${FIRST}`);
const later = new RegExp(`(?:${SEPARATOR})${LATER}`, 'g');
const defusedFirst = new RegExp(`^'${FIRST}`);
const defusedLater = new RegExp(`(${SEPARATOR})'${LATER}`, 'g');
const formerlyDefused = /^'+[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;

/**
 * Text as a cell that no spreadsheet runs: with an apostrophe before what looks like a formula (OWASP, CSV injection), at its
 * beginning and behind a semicolon, bar, tab or line end. What begins with apostrophes and then a formula gets one too, so that
 * `restore` knows what to take away.
 */
export function defuse(text: string): string {
  const defused = text.replace(later, "$&'");
  return first.test(text) ? `'${defused}` : defused;
}

/** The text of a cell that `defuse` made. */
export function restore(cell: string): string {
  return cell.includes("'") ? cell.replace(defusedFirst, '').replace(defusedLater, '$1') : cell;
}

/** What the release before made of a cell: without the apostrophe at its beginning. */
export function restoreFirst(cell: string): string {
  return formerlyDefused.test(cell) ? cell.slice(1) : cell;
}
