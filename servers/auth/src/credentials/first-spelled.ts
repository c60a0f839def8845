/**
 * Returns the account whose spelling comes first in `spellings`. Several accounts can match one address: an earlier release
 * stored `x@münchen.example` and `x@xn--mnchen-3ya.example` as two accounts.
 *
 * @param spellings result of `emailSpellings`: the spelling as typed comes first
 */
export function firstSpelled<Row extends { email: string }>(rows: readonly Row[], spellings: readonly string[]): Row | undefined {
  return rows.toSorted((a, b) => spellings.indexOf(a.email) - spellings.indexOf(b.email))[0];
}
