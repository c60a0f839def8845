import { createHash } from 'node:crypto';
import { column, defineTable, type Migration } from '@florin/database';
import type { Knex } from 'knex';
import { RateLimiterMemory, RateLimiterMySQL, type RateLimiterRes } from 'rate-limiter-flexible';
import { faultOf, type Logger } from './logger.ts';

/** How often something was done within a window of time, and when the window ends. */
export type Count = { used: number; endsInMs: number };

export type RateLimitCounter = {
  /** Counts once more, atomically; the first of a key opens its window. */
  add(key: string, windowS: number): Promise<Count>;
  read(key: string, windowS: number): Promise<number>;
  takeBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

/** Where several instances count together. */
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

const TABLE = rateLimitsTable.name;
export const MOST_KEYS = 100_000;
/** What is taken back after its window has ended opens a new one, and without a duration that would never end. */
const WHERE_IT_EXPIRED = { customDuration: 1 };
/** Instances count together by their own clocks. */
const CLOCKS_DIFFER_MS = 60_000;
const PRUNE_EVERY_MS = 60_000;
const PRUNE_AT_MOST = 5_000;

/**
 * Counts in this process alone. At most `mostKeys` keys are kept: past that the ones whose window opened first are forgotten,
 * so that a flood of keys costs the flooder's own counts first, and never the memory.
 */
export function memoryCounter(name: string, mostKeys = MOST_KEYS): RateLimitCounter {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: 0, duration: 0 });
  const keys = new Set<string>();
  const remember = (key: string): void => {
    keys.delete(key);
    keys.add(key);
    const [oldest] = keys;
    if (keys.size <= mostKeys || oldest === undefined) return;
    keys.delete(oldest);
    void limiter.delete(oldest);
  };
  return {
    async add(key, windowS) {
      const result = await limiter.penalty(key, 1, { customDuration: windowS });
      if (result.isFirstInDuration) remember(key);
      return countOf(result, windowS);
    },
    read: async (key) => (await limiter.get(key))?.consumedPoints ?? 0,
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
 * Counts in the table `rate_limits`, together with all instances that use the database; keys lie there hashed. While the database
 * is away each instance counts by itself, from zero: that locks nobody out, and lets through at most the limit times the number
 * of instances.
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
  let longestS = 0;
  /** A window that ends later than any that begins now was opened by a clock that was ahead: it would not end for as long. */
  const forgetAhead = async (key: string, windowS: number): Promise<void> => {
    longestS = Math.max(longestS, windowS);
    const latest = Date.now() + longestS * 1000 + CLOCKS_DIFFER_MS;
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
          return (await limiter.get(hashed(key)))?.consumedPoints ?? 0;
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

function countOf({ consumedPoints, msBeforeNext }: RateLimiterRes, windowS: number): Count {
  return { used: consumedPoints, endsInMs: Math.min(Math.max(0, msBeforeNext), windowS * 1000) };
}

/** An e-mail address is nobody's business in a table of counts, and is longer than its key may be. */
function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function databaseOf(db: Knex): string {
  return (db.client as { connectionSettings: { database: string } }).connectionSettings.database;
}

/** In bounded pieces, and on the way of use: the library's own clearing is one unbounded DELETE by a timer that nothing ends. */
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
