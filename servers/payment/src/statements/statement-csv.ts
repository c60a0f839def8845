import { decimalAmount } from '@florin/values';
import type { WalletEntry } from '../wallets/index.ts';
import type { Statement } from './statement.ts';

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

/** A number as decimal digits. */
type Decimal = { decimal: string };
type Cell = string | number | Decimal;

/**
 * Writes a statement as CSV (RFC 4180), with amounts in minor units and as decimals. The first and last rows are the opening and the
 * closing balance.
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

/** Marks text that a spreadsheet would take for a formula. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return value.decimal;
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
