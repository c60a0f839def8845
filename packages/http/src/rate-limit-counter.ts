import { createHash } from 'node:crypto';
import { column, type DatabaseRights, defineTable, type Migration } from '@florin/database';
import { faultOf, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';
import { RateLimiterMemory, RateLimiterMySQL, type RateLimiterRes } from 'rate-limiter-flexible';

/** The number of uses within a window, and the milliseconds until the window ends. */
export type Count = { used: number; endsInMs: number };

export type RateLimitCounter = {
  /** Adds one use atomically. The first use of a key opens its window. */
  add(key: string, windowS: number): Promise<Count>;
  read(key: string, windowS: number): Promise<Count>;
  takeBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

/** The database in which instances share counters. */
export type RateLimitStore = { db: Knex; logger: Logger };

/** The table that all limits of a database share. Columns and their order are those that the library writes to. */
export const rateLimitMigrations: readonly Migration[] = [
  {
    name: 'rate-limits-0001-table',
    up: [
      `CREATE TABLE IF NOT EXISTS rate_limits (
          \`key\` VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
          points INT NOT NULL DEFAULT 0,
          expire BIGINT UNSIGNED NULL,
          KEY rate_limits_expire (expire)
      ) ENGINE=InnoDB`,
    ],
  },
];

export const rateLimitsTable = defineTable('rate_limits', {
  key: column.text('varchar(255)'),
  points: column.integer('int'),
  expire: column.integer('bigint unsigned').orNull(),
});

export const rateLimitRights: DatabaseRights = {
  tables: { rate_limits: ['INSERT', 'UPDATE', 'DELETE'] },
  triggers: [],
};

const TABLE = rateLimitsTable.name;
export const MAX_KEYS = 100_000;
/** Taking a use back after its window has ended opens a new window, which would never end without a duration. */
const WHERE_IT_EXPIRED = { customDuration: 1 };
/** Allowed difference between the clocks of instances, which share windows. */
const CLOCKS_DIFFER_MS = 60_000;
const PRUNE_EVERY_MS = 60_000;
const PRUNE_AT_MOST = 5_000;

/**
 * Counts in this process only. Keeps at most `maxKeys` keys and forgets those whose window opened first, so that a flood of keys
 * cannot exhaust the memory.
 */
export function memoryCounter(name: string, maxKeys = MAX_KEYS): RateLimitCounter {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: 0, duration: 0 });
  const keys = new Set<string>();
  const remember = (key: string): void => {
    keys.delete(key);
    keys.add(key);
    const [oldest] = keys;
    if (keys.size <= maxKeys || oldest === undefined) return;
    keys.delete(oldest);
    void limiter.delete(oldest);
  };
  return {
    async add(key, windowS) {
      const result = await limiter.penalty(key, 1, { customDuration: windowS });
      if (result.isFirstInDuration) remember(key);
      return countOf(result, windowS);
    },
    read: async (key, windowS) => countOf(await limiter.get(key), windowS),
    async takeBack(key) {
      if (keys.has(key)) await limiter.reward(key, 1, WHERE_IT_EXPIRED);
    },
    async forget(key) {
      keys.delete(key);
      await limiter.delete(key);
    },
  };
}

/**
 * Counts in the table `rate_limits`, shared by all instances; keys are hashed. While the database is unavailable each instance
 * counts alone, from zero: nobody is locked out, and at most the limit times the number of instances is allowed.
 */
export function sharedCounter(name: string, { db, logger }: RateLimitStore): RateLimitCounter {
  const limiter = new RateLimiterMySQL({
    storeClient: db,
    storeType: 'knex',
    dbName: databaseOf(db),
    tableName: TABLE,
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: 0,
    duration: 0,
  });
  const alone = memoryCounter(name);
  const prune = pruner(db);
  let maxWindowS = 0;
  /** Deletes a window that ends later than any new window could. A fast clock opened it, and it would last too long. */
  const forgetAhead = async (key: string, windowS: number): Promise<void> => {
    maxWindowS = Math.max(maxWindowS, windowS);
    const latest = Date.now() + maxWindowS * 1000 + CLOCKS_DIFFER_MS;
    await db.raw(`DELETE FROM ${TABLE} WHERE \`key\` = ? AND expire > ?`, [limiter.getKey(hashed(key)), latest]);
  };
  const shared = async <T>(work: () => Promise<T>, without: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      logger.warn('rate limits are counted in memory, since their table cannot be reached', { limit: name, ...faultOf(error) });
      return without();
    }
  };
  return {
    async add(key, windowS) {
      prune();
      return shared(
        async () => {
          await forgetAhead(key, windowS);
          return countOf(await limiter.penalty(hashed(key), 1, { customDuration: windowS }), windowS);
        },
        () => alone.add(key, windowS),
      );
    },
    read: (key, windowS) =>
      shared(
        async () => {
          await forgetAhead(key, windowS);
          return countOf(await limiter.get(hashed(key)), windowS);
        },
        () => alone.read(key, windowS),
      ),
    takeBack: (key) =>
      shared(
        async () => {
          if ((await limiter.get(hashed(key))) !== null) await limiter.reward(hashed(key), 1, WHERE_IT_EXPIRED);
        },
        () => alone.takeBack(key),
      ),
    forget: (key) =>
      shared(
        async () => {
          await limiter.delete(hashed(key));
          await alone.forget(key);
        },
        () => alone.forget(key),
      ),
  };
}

/** @param found null if no window is open */
function countOf(found: RateLimiterRes | null, windowS: number): Count {
  if (found === null) return { used: 0, endsInMs: 0 };
  return { used: found.consumedPoints, endsInMs: Math.min(Math.max(0, found.msBeforeNext), windowS * 1000) };
}

/** Hashes a key: it may be an e-mail address, which must not be stored here and may be longer than the column. */
function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function databaseOf(db: Knex): string {
  return (db.client as { connectionSettings: { database: string } }).connectionSettings.database;
}

/**
 * Prunes expired windows in bounded steps, during use. The library's own pruning is an unbounded DELETE on a timer that cannot
 * be stopped.
 */
function pruner(db: Knex): () => void {
  let nextAtMs = performance.now() + PRUNE_EVERY_MS;
  return () => {
    if (performance.now() < nextAtMs) return;
    nextAtMs = performance.now() + PRUNE_EVERY_MS;
    pruneRateLimits(db).catch(() => {});
  };
}

export async function pruneRateLimits(db: Knex): Promise<void> {
  await db.raw(`DELETE FROM ${TABLE} WHERE expire < ? ORDER BY expire LIMIT ${PRUNE_AT_MOST}`, [Date.now()]);
}
