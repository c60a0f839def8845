import type { TestDatabase } from './create-test-database.ts';

const PATIENCE_S = 10;
const HOLD_S = 3_600;

/**
 * Takes the lock of a database's relay, so that committed events stay in the outbox until it is returned. Take it before a second
 * instance can.
 *
 * @returns a function that returns the lock
 */
export async function holdRelay({ db, url }: Pick<TestDatabase, 'db' | 'url'>): Promise<() => Promise<void>> {
  const name = `florin-relay:${new URL(url).pathname.slice(1)}`;
  const [[{ leader }]] = (await db.raw('SELECT IS_USED_LOCK(?) AS leader', [name])) as [[{ leader: number | null }]];
  if (leader === null) throw new Error(`No relay holds ${name}`);
  const holder = await db.transaction();
  // The pool's limit closes a connection that is idle on a slow machine, and frees its lock.
  await holder.raw('SET SESSION wait_timeout = ?', [HOLD_S]);
  const taking = holder.raw('SELECT GET_LOCK(?, ?) AS taken', [name, PATIENCE_S]);
  await db.raw('KILL ?', [leader]);
  const [[{ taken }]] = (await taking) as [[{ taken: number }]];
  if (taken !== 1) throw new Error(`${name} was not released`);
  return async () => {
    if (holder.isCompleted()) return;
    await holder.raw('DO RELEASE_LOCK(?)', [name]);
    await holder.rollback();
  };
}
