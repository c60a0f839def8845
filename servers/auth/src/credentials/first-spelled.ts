/**
 * Of accounts that were found under the spellings of one address, returns the one whose spelling stands first. An earlier release
 * made two accounts of `x@münchen.example` and `x@xn--mnchen-3ya.example`.
 *
 * @param spellings what `emailSpellings` returns: as it was typed comes first
 */
export function firstSpelled<Row extends { email: string }>(rows: readonly Row[], spellings: readonly string[]): Row | undefined {
  return rows.toSorted((a, b) => spellings.indexOf(a.email) - spellings.indexOf(b.email))[0];
}
