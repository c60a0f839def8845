import { column, defineTable, insertRows, type NewRowOf, omitFields } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';

type WalletEvent = Event<'wallet-opened' | 'wallet-changed'>;

/**
 * Projects wallet events into buyer limits. The newest version wins, in any order of events. The events of an older release have
 * no daily limit: `spending_version` is then NULL.
 */
export async function projectLimits(trx: Knex.Transaction, events: readonly WalletEvent[]): Promise<void> {
  const newest = [...newestOf(events).values()].sort(byKey);
  await insertRows(trx, limitsTable, newest.map(limitOf), { onDuplicateKey: newerVersionWins });
}

export const limitsTable = defineTable('buyer_limits', {
  userId: column.id(),
  currency: column.text('char(3)'),
  availableMinor: column.money(),
  spendLimitMinor: column.money(),
  status: column.text('varchar(10)'),
  dailyLimitMinor: column.money().orNull(),
  spentMinor: column.money().orNull(),
  spentOn: column.text('date').orNull(),
  spendingVersion: column.integer('bigint').orNull(),
  version: column.integer('bigint'),
  declines: column.integer('int unsigned').byDatabase(),
  declinesVersion: column.integer('bigint').orNull().byDatabase(),
});

const projected = omitFields(limitsTable, ['userId', 'currency', 'version']).inserted.map(({ column }) => column);

/** Sets `version` last, because the other assignments compare with the stored version. */
const newerVersionWins = `${projected.map((name) => `${name} = IF(VALUES(version) > version, VALUES(${name}), ${name})`).join(', ')},
  version = GREATEST(version, VALUES(version))`;

type Wallet = WalletEvent['data'];

function limitOf(wallet: Wallet): NewRowOf<typeof limitsTable> {
  const { userId, currency, availableMinor, spendLimitMinor, status, version, spentMinor, spentOn, dailyLimitMinor } = wallet;
  return {
    userId,
    currency,
    availableMinor,
    spendLimitMinor,
    status,
    dailyLimitMinor: dailyLimitMinor ?? null,
    spentMinor: spentMinor ?? null,
    spentOn: spentOn ?? null,
    spendingVersion: spentMinor === undefined ? null : version,
    version,
  };
}

function newestOf(events: readonly WalletEvent[]): Map<string, Wallet> {
  const newest = new Map<string, Wallet>();
  for (const { data } of events) {
    const known = newest.get(keyOf(data));
    if (known === undefined || known.version < data.version) newest.set(keyOf(data), data);
  }
  return newest;
}

function keyOf({ userId, currency }: Wallet): string {
  return `${userId} ${currency}`;
}

/** Sorts the rows so that transactions lock them in the same order. */
function byKey(a: Wallet, b: Wallet): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
