/** What a spreadsheet takes for the beginning of a formula, behind any number of the apostrophes that `defuse` puts there. */
const FORMULA = /^'*[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;

/**
 * Text as a cell that no spreadsheet runs: with an apostrophe before what looks like a formula (OWASP, CSV injection). What
 * begins with apostrophes and then a formula gets one too, so that `restore` knows what to take away.
 */
export function defuse(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a cell that `defuse` made. */
export function restore(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
