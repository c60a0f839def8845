import type { TestDatabase } from './create-test-database.ts';

const PATIENCE_S = 10;
const HOLD_S = 3_600;

/**
 * Takes the lock that a database's relay leads by, so that what is committed stays in the outbox until it is given back. Hold it
 * before a second instance is there to take it too.
 *
 * @returns what gives it back
 */
export async function holdRelay({ db, url }: Pick<TestDatabase, 'db' | 'url'>): Promise<() => Promise<void>> {
  const name = `florin-relay:${new URL(url).pathname.slice(1)}`;
  const [[{ leader }]] = (await db.raw('SELECT IS_USED_LOCK(?) AS leader', [name])) as [[{ leader: number | null }]];
  if (leader === null) throw new Error(`No relay holds ${name}`);
  const holder = await db.transaction();
  // The pool's own limit ends a connection that a slow machine leaves idle, and its lock with it.
  await holder.raw('SET SESSION wait_timeout = ?', [HOLD_S]);
  const taking = holder.raw('SELECT GET_LOCK(?, ?) AS taken', [name, PATIENCE_S]);
  await db.raw('KILL ?', [leader]);
  const [[{ taken }]] = (await taking) as [[{ taken: number }]];
  if (taken !== 1) throw new Error(`${name} was not given away`);
  return async () => {
    if (holder.isCompleted()) return;
    await holder.raw('DO RELEASE_LOCK(?)', [name]);
    await holder.rollback();
  };
}
