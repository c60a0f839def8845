import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { type CountedState, createLogger, createMetrics, createStateGauge } from '../src/index.ts';

describe('A gauge of rows by state', () => {
  let database: TestDatabase;
  const logger = Object.assign(createLogger({ service: 'test', level: 'error' }), { silent: true });
  const states: CountedState[] = [
    ...['open', 'ended'].map((state) => ({ state, where: `status = '${state}'`, index: 'by_time', along: 'created_at' })),
    { state: 'none', where: "status = 'none' AND created_at IS NULL", index: 'by_time' },
  ];

  before(async () => {
    database = await createTestDatabase([]);
    await database.db.raw(
      'CREATE TABLE things (id BINARY(16) PRIMARY KEY, status VARCHAR(8) NOT NULL, created_at DATETIME(3), KEY by_time (status, created_at, id))',
    );
    // Several rows of one time, so that a step ends between them.
    const rows = Array.from({ length: 25 }, (_, n) => ({
      id: Buffer.alloc(16, n),
      status: n < 13 ? 'open' : n < 15 ? 'ended' : 'none',
      created_at: n < 15 ? new Date(1_700_000_000_000 + Math.floor(n / 5)) : null,
    }));
    await database.db('things').insert(rows);
  });
  after(() => database?.drop());

  it('counts all states in steps, and no more while the table is away', async () => {
    const metrics = createMetrics('test');
    const { metric, job } = createStateGauge({
      ...{ db: database.db, logger, metrics, name: 'things', help: 'Things', job: 'count-things', table: 'things', states },
      ...{ everyMs: 5, stepRows: 4 },
    });
    metrics.register(metric);
    const shown = async (name: string) =>
      (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(`${name}{`));
    job.start();
    try {
      await eventually(async () =>
        expect(await shown('things')).to.have.members([
          'things{state="open",service="test"} 13',
          'things{state="ended",service="test"} 2',
          'things{state="none",service="test"} 10',
        ]),
      );
      await database.db.raw('RENAME TABLE things TO moved');
      await eventually(async () => expect((await shown('florin_job_runs_total')).join()).to.include('outcome="failure"'));
    } finally {
      await job.stop();
    }
  });
});
