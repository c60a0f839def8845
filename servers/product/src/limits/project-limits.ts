import type { Event } from '@florin/events';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';

type WalletEvent = Event<'wallet-opened' | 'wallet-changed'>;

/** Keeps a copy of what each wallet may spend. The newer version wins, in whatever order the events come. */
export async function projectLimits(trx: Knex.Transaction, events: readonly WalletEvent[]): Promise<void> {
  const newest = [...newestOf(events).values()].sort(byKey);
  await trx.raw(
    `INSERT INTO buyer_limits (user_id, currency, available_minor, spend_limit_minor, status, version)
     VALUES ${newest.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}
     ON DUPLICATE KEY UPDATE
       available_minor = IF(VALUES(version) > version, VALUES(available_minor), available_minor),
       spend_limit_minor = IF(VALUES(version) > version, VALUES(spend_limit_minor), spend_limit_minor),
       status = IF(VALUES(version) > version, VALUES(status), status),
       version = GREATEST(version, VALUES(version))`,
    newest.flatMap(({ userId, currency, availableMinor, spendLimitMinor, status, version }) => [
      idBytes(userId),
      currency,
      availableMinor,
      spendLimitMinor,
      status,
      version,
    ]),
  );
}

type Wallet = WalletEvent['data'];

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
