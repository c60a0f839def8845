import { invariants } from '@florin/payment-server/invariants';
import { snapshotRule } from '@florin/payment-server/ledger';
import { productRules } from './product-rules.ts';

/** Each check's name and what it holds the data against, in the order in which they are done. */
export const allChecks: ReadonlyMap<string, string> = new Map([
  ['outbox', 'every event was published soon'],
  ['parked-events', 'Kafka takes every event, and none waits behind one that it refuses'],
  ['dead-letters', 'every event could be handled, and none waits behind one that could not'],
  ['ledger-sum', 'all entries together sum to zero'],
  ['snapshots', snapshotRule],
  ...[...invariants, ...productRules].map(({ check, rule }) => [check, rule] as const),
  ['paid-purchases', 'a paid, shipped or delivered purchase has its charge, of the same amount and buyer'],
  ['declined-purchases', 'a declined purchase was declined by payment, for the same reason'],
  ['cancelled-purchases', 'a cancelled purchase got back what was charged, or nothing was charged'],
  ['stuck-purchases', 'no purchase waits long for its decision or its refund'],
  ['payment-purchases', 'every payment belongs to a purchase that knows of it'],
  ['buyer-limits', "product's copy of a wallet's limit is what the wallet says"],
  [
    'user-wallets',
    'every user has one wallet in the default currency, every wallet a user, and those of erased users stay frozen',
  ],
]);
