import type { Event } from '@florin/events';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';

type WalletEvent = Event<'wallet-opened' | 'wallet-changed'>;

/**
 * Keeps a copy of what each wallet may spend. The newer version wins, in whatever order the events come. An event of a release
 * before tells nothing of the daily limit: then `spending_version` is NULL.
 */
export async function projectLimits(trx: Knex.Transaction, events: readonly WalletEvent[]): Promise<void> {
  const newest = [...newestOf(events).values()].sort(byKey);
  const names = columns.map(([name]) => name);
  const row = `(?, ?, ${names.map(() => '?').join(', ')}, ?)`;
  await trx.raw(
    `INSERT INTO buyer_limits (user_id, currency, ${names.join(', ')}, version)
     VALUES ${newest.map(() => row).join(', ')}
     ON DUPLICATE KEY UPDATE
       ${names.map((name) => `${name} = IF(VALUES(version) > version, VALUES(${name}), ${name})`).join(', ')},
       version = GREATEST(version, VALUES(version))`,
    newest.flatMap((wallet) => [
      idBytes(wallet.userId),
      wallet.currency,
      ...columns.map(([, read]) => read(wallet)),
      wallet.version,
    ]),
  );
}

type Wallet = WalletEvent['data'];

/** What is kept of a wallet, and where. */
const columns = [
  ['available_minor', (wallet: Wallet) => wallet.availableMinor],
  ['spend_limit_minor', (wallet: Wallet) => wallet.spendLimitMinor],
  ['daily_limit_minor', (wallet: Wallet) => wallet.dailyLimitMinor ?? null],
  ['spent_minor', (wallet: Wallet) => wallet.spentMinor ?? null],
  ['spent_on', (wallet: Wallet) => wallet.spentOn ?? null],
  ['spending_version', (wallet: Wallet) => (wallet.spentMinor === undefined ? null : wallet.version)],
  ['status', (wallet: Wallet) => wallet.status],
] as const;

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

/** Rows are locked in key order. */
function byKey(a: Wallet, b: Wallet): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
