import { newId, runTransaction } from '@florin/database';
import { createLogger, createMetrics } from '@florin/runtime';
import { eventually, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { createImportPruning } from '../src/product-import/import-pruning.ts';
import { pruneImportRows } from '../src/product-import/prune-import-rows.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('pruning of row results', () => {
  let platform: ProductPlatform;
  let categoryId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ IMPORT_KEEP_ROWS_DAYS: '30', IMPORT_PRUNE_EVERY_S: '1' });
    const { body } = await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: 'Tea' } });
    categoryId = body.data.id;
  });
  after(() => platform.stop());

  const send = (rows: number, key = newId(), prefix = newId()) =>
    platform.call('POST', '/v1/products/import', {
      token: platform.staff.token,
      body: `sku,name,priceMinor,categoryId\n${Array.from({ length: rows }, (_, n) => `${prefix}-${n},Tea,${n === 0 ? 'free' : 1},${categoryId}\n`).join('')}`,
      headers: { 'content-type': 'text/csv', 'idempotency-key': key },
    });
  const get = (path: string) => platform.call('GET', `/v1/products/imports/${path}`, { token: platform.staff.token });
  const raw = (sql: string, values: string[] = []) => platform.database.db.raw(sql, values);
  const age = (id: string, days: number) =>
    raw(`UPDATE imports SET updated_at = UTC_TIMESTAMP(3) - INTERVAL ${days} DAY WHERE id = UNHEX(REPLACE(?, '-', ''))`, [id]);
  const kept = async (id: string): Promise<number> => {
    const [[row]] = (await raw("SELECT COUNT(*) AS n FROM import_rows WHERE import_id = UNHEX(REPLACE(?, '-', ''))", [id])) as [
      [{ n: number }],
    ];
    return Number(row.n);
  };

  it('deletes old row results periodically, keeps the totals, and replays under the key', async () => {
    const key = newId();
    const prefix = newId();
    const { id, ...first } = (await send(3, key, prefix)).body.data;
    const younger = (await send(3)).body.data.id as string;
    await age(younger, 29);
    await age(id, 31);
    await eventually(async () => expect((await get(id)).body.data).to.have.property('rowsPrunedAt'));
    expect(await kept(id)).to.equal(0);
    expect((await get(id)).body.data).to.include({ status: 'done', rows: 3, created: 2, refused: 1, createdAt: first.createdAt });
    expect((await get(`${id}/rows`)).body).to.include({ status: 410, code: 'IMPORT_ROWS_PRUNED' });
    expect((await get(`${younger}/rows`)).body.data).to.have.length(3);
    const again = await send(3, key, prefix);
    expect(again.status).to.equal(200);
    expect(again.body.data).to.include({ id, created: 2 });
    expect((await send(4, key, prefix)).body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('deletes nothing early if the clock of the instance is ahead', async () => {
    const [younger, older] = [(await send(3)).body.data.id as string, (await send(3)).body.data.id as string];
    await age(younger, 29);
    const clock = shiftClock(60 * 86_400_000);
    const { db } = platform.database;
    const transact = <T>(work: (trx: Knex.Transaction) => Promise<T>) => runTransaction(db, work);
    // The service pauses its job while its clock is off, so this job stands for an instance without a clock watch.
    const pruning = createImportPruning(
      {
        transact,
        logger: createLogger({ service: 'test', level: 'error' }),
        metrics: createMetrics('test'),
        clocks: { whenReliable: (work) => work },
      },
      { everyS: 0.05, keepDays: 30 },
    );
    try {
      pruning.start();
      await age(older, 31);
      await eventually(async () => expect(await kept(older)).to.equal(0));
    } finally {
      await pruning.stop();
      clock.restore();
    }
    expect(await kept(younger)).to.equal(3);
  });

  it('deletes in batches, also from several instances, and skips an import that a client is continuing', async () => {
    const { db } = platform.database;
    const { id: busy } = (await send(2)).body.data;
    const [large, small] = [(await send(1)).body.data.id as string, (await send(1)).body.data.id as string];
    await raw(
      `INSERT INTO import_rows (import_id, position, outcome)
       SELECT UNHEX(REPLACE(?, '-', '')), a.n * 50 + b.n + 2, 'created' FROM (${numbers(50)}) AS a CROSS JOIN (${numbers(50)}) AS b`,
      [large],
    );
    const holding = await db.transaction();
    await holding.raw("SELECT id FROM imports WHERE id = UNHEX(REPLACE(?, '-', '')) FOR UPDATE", [busy]);
    const past = new Date(Date.now() + 1_000);
    const prune = async (): Promise<number> => {
      let pruned = 0;
      for (;;) {
        const count = await runTransaction(db, (trx) => pruneImportRows(trx, past));
        if (count === undefined) return pruned;
        expect(count).to.be.at.most(1_000);
        pruned += count;
      }
    };
    await Promise.all([prune(), prune(), prune()]);
    expect([await kept(large), await kept(small), await kept(busy)]).to.deep.equal([0, 0, 2]);
    await holding.rollback();
    expect(await prune()).to.equal(2);
    expect(await prune()).to.equal(0);
  });
});

function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => `SELECT ${index} AS n`).join(' UNION ALL ');
}
