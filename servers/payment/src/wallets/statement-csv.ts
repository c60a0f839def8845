import { decimalAmount } from '@florin/values';
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
  'amount',
  'balance_after',
  'source_type',
  'source_id',
  'reason',
];

/** A number in decimal digits, which JavaScript's numbers do not carry exactly. */
type Decimal = { decimal: string };
type Cell = string | number | Decimal;

/**
 * The statement as RFC 4180 has it: amounts in minor units to compute with, and as decimals to read. Its first and last rows are the
 * balances that it begins and ends with.
 */
export async function* statementCsv(statement: Statement, pages: AsyncIterable<readonly WalletEntry[]>): AsyncGenerator<string> {
  const { wallet, from, to, until, opening, closing } = statement;
  const { currency } = wallet;
  const decimal = (amountMinor: number): Decimal => ({ decimal: decimalAmount(amountMinor, currency) });
  const balance = (name: string, at: Date, balanceMinor: number) => {
    const shown = decimal(balanceMinor);
    return rowOf(['', at.toISOString(), name, '', balanceMinor, currency, '', '', '', shown, '', '', '']);
  };
  yield rowOf(columns) + balance('opening-balance', from, opening.balanceMinor);
  for await (const page of pages) {
    const rows = page.map(({ sequence, createdAt, type, amountMinor, balanceAfterMinor, transferId, source, ...entry }) =>
      rowOf([
        ...[sequence, createdAt.toISOString(), type, amountMinor, balanceAfterMinor, currency],
        ...[entry.purchaseId ?? '', transferId, decimal(amountMinor), decimal(balanceAfterMinor)],
        ...[source.type, source.id, entry.reason ?? ''],
      ]),
    );
    yield rows.join('');
  }
  yield balance('closing-balance', until ?? to, closing.balanceMinor);
}

function rowOf(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula is marked as text; numbers stay numbers, those below zero too. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return value.decimal;
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
