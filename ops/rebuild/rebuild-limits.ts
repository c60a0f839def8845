import { idText, runTransaction } from '@florin/database';
import { announceWallets } from '@florin/payment-server/wallets';
import { deleteLimits } from '@florin/product-server/buyer-limits';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { compareLimit, type LimitRow, lacksDailyLimit, limitComparison } from '../audit/compare-limits.ts';
import { untilOutboxIsShort } from './until-outbox-is-short.ts';

const PAGE_ROWS = 500;

type Options = { product: Knex; payment: Knex; actor: CommandActor; onProgress(line: string): void; signal: AbortSignal };

export type RebuiltLimits = { looked: number; announced: number; forgotten: number };

/**
 * Publishes the limits again of every wallet whose copy in product is missing or differs, and removes copies without a wallet.
 * A copy whose event is in flight gets the event twice, which changes nothing.
 */
export async function rebuildLimits({ product, payment, actor, onProgress, signal }: Options): Promise<RebuiltLimits> {
  const result = { looked: 0, announced: 0, forgotten: 0 };
  await eachPage(payment, limitComparison.right, async (wallets) => {
    signal.throwIfAborted();
    const copies = await rowsOf(product, limitComparison.left.ofKeys(wallets.map(({ row_key }) => row_key)));
    const wanted = wallets.flatMap((wallet) => {
      const copy = copies.get(wallet.row_key.toString('hex'));
      const pair = { key: wallet.row_key, left: copy, right: wallet };
      if (compareLimit(pair) === undefined && !lacksDailyLimit(pair)) return [];
      return [{ ...ownerOf(wallet), copiedVersion: copy?.version ?? 0 }];
    });
    await untilOutboxIsShort(payment, signal);
    if (wanted.length > 0) result.announced += await change(payment, (trx) => announceWallets(trx, wanted), actor);
    result.looked += wallets.length;
    onProgress(`${result.looked} wallets checked, ${result.announced} published again`);
  });
  await eachPage(product, limitComparison.left, async (copies) => {
    signal.throwIfAborted();
    // Wallets are read after their copies: a wallet exists before its first event and is never removed.
    const wallets = await rowsOf(payment, limitComparison.right.ofKeys(copies.map(({ row_key }) => row_key)));
    const orphans = copies.filter(({ row_key }) => !wallets.has(row_key.toString('hex')));
    const orphaned = orphans.map((copy) => ({ ...ownerOf(copy), version: copy.version }));
    result.forgotten += await change(product, (trx) => deleteLimits(trx, orphaned), actor);
  });
  return result;
}

/** Runs a change in a transaction, with its entry in the audit log. */
function change(db: Knex, work: (trx: Knex.Transaction) => Promise<number>, actor: CommandActor): Promise<number> {
  return runTransaction(db, async (trx) => {
    const rows = await work(trx);
    if (rows > 0) await appendAuditEntry(trx, { ...actor, action: 'wallet-limits.rebuild', subject: 'product', after: { rows } });
    return rows;
  });
}

type Query = { sql: string; values: readonly unknown[] };
type Pages = { page(after: Buffer | undefined, limit: number): Query };

async function eachPage(db: Knex, { page }: Pages, visit: (rows: readonly LimitRow[]) => Promise<void>): Promise<void> {
  for (let after: Buffer | undefined; ; ) {
    const { sql, values } = page(after, PAGE_ROWS);
    const [rows] = (await db.raw(sql, values as Knex.RawBinding[])) as [LimitRow[]];
    const last = rows.at(-1);
    if (last === undefined) return;
    await visit(rows);
    after = last.row_key;
  }
}

async function rowsOf(db: Knex, { sql, values }: Query): Promise<Map<string, LimitRow>> {
  const [rows] = (await db.raw(sql, values as Knex.RawBinding[])) as [LimitRow[]];
  return new Map(rows.map((row) => [row.row_key.toString('hex'), row]));
}

function ownerOf({ row_key }: LimitRow): { userId: string; currency: string } {
  return { userId: idText(row_key.subarray(0, 16)), currency: row_key.subarray(16).toString('ascii') };
}
