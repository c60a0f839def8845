import { decodeCursor, type Keyset, type PageLinks, type PageRequest, pageOf } from '@florin/pagination';
import type { Account, TrialBalance } from './read-accounts.ts';

type AccountsPage = TrialBalance & { page: PageLinks };

/**
 * Cuts one page out of the accounts of a trial balance. Sums, totals and snapshot need all accounts, so there is nothing to read
 * page by page.
 *
 * @throws AppError VALIDATION_FAILED (422) if the cursor does not belong to this list
 */
export function pageOfAccounts(balance: TrialBalance, { limit, cursor }: PageRequest): AccountsPage {
  const after = cursor === undefined ? '' : decodeCursor(byName.name, byName.columns.length, cursor).join(' ');
  const following = balance.accounts.filter((account) => byName.keyOf(account).join(' ') > after);
  const { rows: accounts, nextCursor } = pageOf(following, byName, limit);
  return { ...balance, accounts, page: { limit, nextCursor } };
}

/** The order in which `readAccounts` returns them. */
const byName: Keyset<Account> = {
  name: 'name',
  columns: [
    { column: 'account', direction: 'asc' },
    { column: 'currency', direction: 'asc' },
  ],
  keyOf: ({ account, currency }) => [account, currency],
};
