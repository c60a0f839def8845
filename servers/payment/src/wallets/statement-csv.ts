import type { Statement } from './statement.ts';
import type { WalletEntry } from './wallet-entry.ts';

const columns = [
  'sequence',
  'booked_at',
  'type',
  'amount_minor',
  'balance_after_minor',
  'currency',
  'purchase_id',
  'transfer_id',
];

/** The statement as RFC 4180 has it. Its first and last rows are the balances that it begins and ends with. */
export async function* statementCsv(statement: Statement, pages: AsyncIterable<readonly WalletEntry[]>): AsyncGenerator<string> {
  const { wallet, from, to, until, opening, closing } = statement;
  const balance = (name: string, at: Date, balanceMinor: number) =>
    rowOf(['', at.toISOString(), name, '', balanceMinor, wallet.currency, '', '']);
  yield rowOf(columns) + balance('opening-balance', from, opening.balanceMinor);
  for await (const page of pages) {
    const rows = page.map((entry) =>
      rowOf([
        entry.sequence,
        entry.createdAt.toISOString(),
        entry.type,
        entry.amountMinor,
        entry.balanceAfterMinor,
        wallet.currency,
        entry.purchaseId ?? '',
        entry.transferId,
      ]),
    );
    yield rows.join('');
  }
  yield balance('closing-balance', until ?? to, closing.balanceMinor);
}

function rowOf(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula is marked as text; numbers stay numbers, those below zero too. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
