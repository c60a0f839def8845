import type { Invariant } from '@florin/invariants';
import { invariants as mediaInvariants } from '@florin/media-server/invariants';
import { messagingInvariants } from '@florin/messaging';
import { ledgerSum, invariants as paymentInvariants } from '@florin/payment-server/invariants';
import { invariants as productInvariants } from '@florin/product-server/invariants';
import type { ServiceName } from '../platform/service-names.ts';

/** The invariants of each service's own tables. Auth has none besides those of messaging. */
export const serviceInvariants: Readonly<Record<ServiceName, readonly Invariant[]>> = {
  auth: [],
  payment: [ledgerSum, ...paymentInvariants],
  product: productInvariants,
  media: mediaInvariants,
};

const invariants = [
  ...messagingInvariants({ service: '', olderThanMs: 0 }),
  ...serviceInvariants.payment,
  ...serviceInvariants.product,
  ...serviceInvariants.media,
];

/** The name and the rule of each check, in the order of the report. */
export const allChecks: ReadonlyMap<string, string> = new Map([
  ...invariants.map(({ check, rule }) => [check, rule] as const),
  [
    'paid-purchases',
    'a paid, shipped or delivered purchase has a charge of the same amount and buyer, and the same partial refunds',
  ],
  ['declined-purchases', 'a declined purchase was declined by payment, for the same reason'],
  ['cancelled-purchases', 'a cancelled purchase is refunded in full, or was not charged'],
  ['stuck-purchases', 'no purchase waits too long for its decision or its refund'],
  ['payment-purchases', 'every payment belongs to a purchase that knows it'],
  ['buyer-limits', "product's copy of a wallet's limit equals the wallet"],
  [
    'user-wallets',
    'every user has one wallet in the default currency, every wallet has a user, and wallets of erased users are frozen',
  ],
  ['contacts', "product's copy of a user's contact is the published one, and there is none of an erased user"],
]);
