import type { Knex } from 'knex';

export type PoolUse = {
  /** Connections that transactions and statements hold. */
  used: number;
  free: number;
  /** Callers that wait for a connection. */
  waiting: number;
  max: number;
};

export type PoolWatch = {
  /** Undefined once the pool is destroyed. */
  use(): PoolUse | undefined;
  /** Milliseconds since a connection was last given back, or since the watch began. */
  sinceReleaseMs(): number;
};

/** The part of tarn's pool that is watched. It emits these events whether or not anybody listens. */
type Pool = {
  max: number;
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
  on(event: 'acquireRequest' | 'acquireSuccess' | 'acquireFail', listener: (id: number) => void): void;
  on(event: 'release', listener: () => void): void;
};

/**
 * Watches the pool of a database.
 *
 * @param onAcquired called with the seconds that a caller waited for its connection
 */
export function watchPool(db: Knex, onAcquired: (waitS: number) => void): PoolWatch {
  const pool = poolOf(db);
  const waiting = new Map<number, number>();
  let releasedAt = performance.now();
  pool?.on('acquireRequest', (id) => waiting.set(id, performance.now()));
  pool?.on('acquireFail', (id) => waiting.delete(id));
  pool?.on('acquireSuccess', (id) => {
    const since = waiting.get(id);
    waiting.delete(id);
    if (since !== undefined) onAcquired((performance.now() - since) / 1000);
  });
  pool?.on('release', () => {
    releasedAt = performance.now();
  });
  return {
    use() {
      // knex drops the pool when it is destroyed.
      const open = poolOf(db);
      return open && { used: open.numUsed(), free: open.numFree(), waiting: open.numPendingAcquires(), max: open.max };
    },
    sinceReleaseMs: () => performance.now() - releasedAt,
  };
}

function poolOf(db: Knex): Pool | undefined {
  return (db.client as { pool?: Pool }).pool;
}
