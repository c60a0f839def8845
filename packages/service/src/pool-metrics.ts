import { type PoolWatch, watchPool } from '@florin/database';
import { createGauge, createHistogram, type Metrics } from '@florin/runtime';
import type { Knex } from 'knex';

export type PoolMetrics = {
  /** @param pool a name from a fixed set, such as `main` */
  watch(pool: string, db: Knex): PoolWatch;
};

/** A service has fewer pools. */
const MAX_POOLS = 5;

/** Measures the pools of a service. The gauges read the pools when the metrics are read. */
export function createPoolMetrics(metrics: Pick<Metrics, 'register'>): PoolMetrics {
  const watched = new Map<string, PoolWatch>();
  const connections = createGauge({
    name: 'florin_database_pool_connections',
    help: 'Open connections of a pool: used by a transaction or statement, or free',
    labels: { pool: MAX_POOLS, state: ['used', 'free'] },
    collect(gauge) {
      for (const [pool, watch] of watched) {
        const use = watch.use();
        if (use === undefined) continue;
        gauge.set({ pool, state: 'used' }, use.used);
        gauge.set({ pool, state: 'free' }, use.free);
      }
    },
  });
  const waiting = createGauge({
    name: 'florin_database_pool_waiting',
    help: 'Transactions and statements that wait for a connection of a pool',
    labels: { pool: MAX_POOLS },
    collect(gauge) {
      for (const [pool, watch] of watched) {
        const use = watch.use();
        if (use !== undefined) gauge.set({ pool }, use.waiting);
      }
    },
  });
  const waits = createHistogram({
    name: 'florin_database_pool_wait_seconds',
    help: 'Time that a transaction or statement waited for a connection of a pool',
    labels: { pool: MAX_POOLS },
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5],
  });
  metrics.register(connections, waiting, waits);
  return {
    watch(pool, db) {
      const watch = watchPool(db, (waitS) => waits.observe({ pool }, waitS));
      watched.set(pool, watch);
      return watch;
    },
  };
}
