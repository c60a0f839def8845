import { escapeHtml, pagePolicy } from '@florin/http';
import { decimalAmount } from '@florin/values';
import type { EntrySource, WalletEntry } from '../wallets/index.ts';
import type { Statement } from './statement.ts';

const STYLE = `
body { font: 14px/1.4 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 1.4rem; margin: 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem }
dd { margin: 0 }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; padding: .5rem 0 }
th, td { border-bottom: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
thead { display: table-header-group }
tr { break-inside: avoid }
.reference { overflow-wrap: anywhere; font-size: .8em }
@media print { body { margin: 0; max-width: none; font-size: 10pt } @page { size: A4; margin: 18mm } }
`;

export const statementPolicy = pagePolicy(STYLE);

/** Writes a statement as an HTML page. */
export async function* statementHtml(statement: Statement, pages: AsyncIterable<readonly WalletEntry[]>): AsyncGenerator<string> {
  const { wallet, from, to, until, opening, closing } = statement;
  const money = moneyIn(wallet.currency);
  const balance = (name: string, at: Date, balanceMinor: number): string =>
    `<tr><td></td><td>${time(at)}</td><th scope="row">${name}</th><td></td><td class="number">${money(balanceMinor)}</td><td></td></tr>\n`;
  yield headOf(statement) + balance('Opening balance', from, opening.balanceMinor);
  const sums = { inMinor: 0n, outMinor: 0n };
  for await (const page of pages) {
    for (const { amountMinor } of page) sums[amountMinor > 0 ? 'inMinor' : 'outMinor'] += BigInt(amountMinor);
    yield page.map((entry) => rowOf(entry, money)).join('');
  }
  yield `${balance('Closing balance', until ?? to, closing.balanceMinor)}</tbody></table>
<dl><dt>Received</dt><dd>${money(sums.inMinor)}</dd><dt>Paid</dt><dd>${money(sums.outMinor)}</dd></dl>
</body></html>
`;
}

function headOf({ wallet, month, from, to, until, isFinal }: Statement): string {
  const title = `Statement ${month}`;
  const period = `${time(from)} to ${time(until ?? to)} (UTC)${until ? '; the month is not over' : isFinal ? '' : '; not final: the last entry is booked ahead of the clock'}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1>
<dl><dt>Wallet</dt><dd>${escapeHtml(wallet.id)}</dd><dt>Owner</dt><dd>${escapeHtml(wallet.userId)}</dd>
<dt>Currency</dt><dd>${escapeHtml(wallet.currency)}</dd><dt>Period</dt><dd>${escapeHtml(period)}</dd></dl>
<table><caption>Entries, oldest first</caption>
<thead><tr><th class="number" scope="col">No.</th><th scope="col">Booked (UTC)</th><th scope="col">What</th><th class="number" scope="col">Amount</th><th class="number" scope="col">Balance</th><th scope="col">Reference</th></tr></thead>
<tbody>
`;
}

function rowOf(entry: WalletEntry, money: (minor: number) => string): string {
  return `<tr><td class="number">${entry.sequence}</td><td>${time(entry.createdAt)}</td><td>${escapeHtml(entry.type)}</td><td class="number">${money(entry.amountMinor)}</td><td class="number">${money(entry.balanceAfterMinor)}</td><td class="reference">${escapeHtml(referenceOf(entry))}</td></tr>\n`;
}

const sourceNames: Readonly<Record<EntrySource['type'], string>> = {
  purchase: 'Purchase',
  hold: 'Hold',
  'top-up': 'Top-up',
  adjustment: 'Adjustment',
  'opening-credit': 'Transfer',
  refund: 'Refund',
};

function referenceOf({ source, reason }: WalletEntry): string {
  return `${sourceNames[source.type]} ${source.id}${reason === undefined ? '' : `: ${reason}`}`;
}

function time(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** Formats amounts as `HUF 1,234.56`, with the decimals of ISO 4217. Those of `Intl` differ and change. */
export function moneyIn(currency: string): (minor: number | bigint) => string {
  return (minor) => {
    const [whole = '', fraction] = decimalAmount(minor < 0 ? -minor : minor, currency).split('.');
    const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
    const amount = fraction === undefined ? grouped : `${grouped}.${fraction}`;
    return escapeHtml(`${minor < 0 ? '-' : ''}${currency}\u00a0${amount}`);
  };
}
