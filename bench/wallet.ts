import { newId, openDatabase, runTransaction } from '@florin/database';
import { type Event, makeEvent } from '@florin/events';
import { encodeCursor } from '@florin/pagination';
import { invariants } from '@florin/payment-server/invariants';
import { auditLedger, readAccounts, takeSnapshot } from '@florin/payment-server/ledger';
import { payPurchases } from '@florin/payment-server/payments';
import { openStatement, statementCsv, statementPages } from '@florin/payment-server/statements';
import { listWalletEntries, readBalanceAt, readWallet } from '@florin/payment-server/wallets';
import type { Knex } from 'knex';
import { type Bench, openStage } from './bench-platform.ts';
import { growLedger } from './grow-ledger.ts';
import { measureRead, type ReadFigure } from './measure-reads.ts';
import type { Scenario } from './scenario.ts';

const ENTRIES = 5_000_000;
/** Wallets with a quarter of a million entries each. */
const few = { wallets: 10, products: 1, openingCreditMinor: 1_000, stock: 1 };
const MIB = 1024 * 1024;

/** Measures reads of a long ledger: historical balance, pages, month, trial balance and audit. */
export const wallet: Scenario = {
  name: 'wallet',
  summary: 'balances at a time, statements, trial balance and audit at 5 million ledger entries',
  async run(bench, _options) {
    const stage = await openStage(bench, 'wallet', few);
    bench.onProgress(`Growing a ledger to ${ENTRIES} entries`);
    await growLedger(stage, ENTRIES);
    // One connection, so that its session counters belong to the measurement.
    const db = openDatabase({ url: stage.databaseUrls.payment, poolMax: 1, silenceTimeoutMs: 600_000 });
    try {
      const figures = [...(await measureReads(db)), ...(await measureAccounts(bench, db))];
      const audit = await measureAudit(db);
      const at = figures.find(({ what }) => what.startsWith('balance at'));
      const page = figures.find(({ what }) => what.startsWith('page deep'));
      return {
        tables: [
          {
            title: `${ENTRIES} entries in ${few.wallets} wallets`,
            columns: ['', 'ms', 'rows read'],
            rows: figures.map(({ what, ms, rowsRead }) => [what, ms, rowsRead]),
          },
          { title: 'The audit', columns: ['s', 'MiB more at its most'], rows: [[audit.seconds, audit.moreMib]] },
        ],
        targets: [
          target('rows read for a balance at a time', '<= 250, a thousandth', at?.rowsRead ?? Number.NaN, 250),
          target('rows read for a page deep down', '<= 100', page?.rowsRead ?? Number.NaN, 100),
          target("the audit's memory, MiB more", '<= 64', audit.moreMib, 64),
        ],
        raw: { figures, audit },
      };
    } finally {
      await db.destroy();
      await stage.close();
    }
  },
};

function target(what: string, wanted: string, measured: number, most: number) {
  return { what, wanted, measured: measured.toFixed(0), isMet: measured <= most };
}

async function measureReads(db: Knex): Promise<ReadFigure[]> {
  const [[one]] = (await db.raw(
    `SELECT LOWER(CONCAT_WS('-', SUBSTR(h, 1, 8), SUBSTR(h, 9, 4), SUBSTR(h, 13, 4), SUBSTR(h, 17, 4), SUBSTR(h, 21))) AS user_id
       FROM (SELECT HEX(user_id) AS h FROM wallets LIMIT 1) AS w`,
  )) as [[{ user_id: string }]];
  const of = { userId: one.user_id, currency: 'EUR' };
  const wallet = await readWallet(db, of);
  const [[span]] = (await db.raw('SELECT MIN(created_at) AS first, NOW(3) AS last FROM ledger_entries')) as [
    [{ first: Date; last: Date }],
  ];
  const anyTime = (): Date => new Date(span.first.getTime() + Math.random() * (span.last.getTime() - span.first.getTime()));
  const page = { limit: 20 };
  const deep = { ...page, cursor: encodeCursor('newest', [100]) };
  const noon = new Date((span.first.getTime() + span.last.getTime()) / 2);
  const month = span.last.toISOString().slice(0, 7);
  return [
    await measureRead(db, `balance at any time, of ${wallet.entrySequence} entries`, () =>
      readBalanceAt(db, { ...of, at: anyTime() }),
    ),
    await measureRead(db, 'page 1', () => listWalletEntries(db, wallet, page)),
    await measureRead(db, 'page deep down', () => listWalletEntries(db, wallet, deep)),
    await measureRead(db, 'page from the middle, by time', () => listWalletEntries(db, wallet, { ...page, to: noon })),
    await measureRead(db, 'page of a type that is not there', () => listWalletEntries(db, wallet, { ...page, type: 'refund' })),
    await measureRead(db, 'page of a type and by time', () =>
      listWalletEntries(db, wallet, { ...page, type: 'opening-credit', to: noon }),
    ),
    await measureRead(
      db,
      'month of all entries, as CSV',
      async () => {
        const statement = await openStatement(db, { ...of, month });
        for await (const _ of statementCsv(statement, statementPages(db, statement)));
      },
      1,
    ),
  ];
}

async function measureAccounts(bench: Bench, db: Knex): Promise<ReadFigure[]> {
  const none = await measureRead(db, 'trial balance without a snapshot', () => readAccounts(db), 1);
  const first = await measureRead(db, 'first snapshot', () => takeSnapshot(db), 1);
  bench.onProgress('A thousand purchases more');
  await buy(db, 1_000);
  const then = await measureRead(db, 'trial balance, a snapshot and 1,000 purchases', () => readAccounts(db));
  const next = await measureRead(db, 'next snapshot', () => takeSnapshot(db), 1);
  const after = await measureRead(db, 'trial balance, right after a snapshot', () => readAccounts(db));
  return [none, first, then, next, after];
}

async function buy(db: Knex, purchases: number): Promise<void> {
  const userIds: Buffer[] = await db('wallets').pluck('user_id');
  const userId = `${userIds[0]?.toString('hex')}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const events = Array.from({ length: purchases }, () => {
    const data = { purchaseId: newId(), userId, items: [], totalMinor: 1, currency: 'EUR' };
    return makeEvent('purchase-requested', {
      sequence: 1,
      data: { ...data, items: [{ productId: newId(), name: 'x', quantity: 1, unitPriceMinor: 1 }] },
    }).event as Event<'purchase-requested'>;
  });
  for (let done = 0; done < events.length; done += 500)
    await runTransaction(db, (trx) => payPurchases(trx, events.slice(done, done + 500)));
}

async function measureAudit(db: Knex): Promise<{ seconds: number; moreMib: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  const startedAt = performance.now();
  const { ok, mismatches } = await auditLedger(db, { invariants });
  clearInterval(watching);
  if (!ok) throw new Error(`The audit found ${JSON.stringify(mismatches.slice(0, 3))}.`);
  return { seconds: (performance.now() - startedAt) / 1_000, moreMib: (most - before) / MIB };
}
