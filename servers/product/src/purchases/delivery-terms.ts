import type { Knex } from 'knex';
import {
  type DeliveryMethods,
  type DeliveryWish,
  noMethods,
  type QuotedDelivery,
  readMethods,
  storeAddresses,
} from '../delivery/index.ts';
import type { OrderTerms } from '../pricing/index.ts';
import type { Purchase } from './purchase.ts';

type WithDelivery = { delivery?: DeliveryWish | undefined };

/** Reads the delivery methods that the requests name. Sets without a delivery need no statement. */
export function readMethodsOf(
  db: Knex,
  requests: readonly { delivery?: { methodId: string } | undefined }[],
): DeliveryMethods | Promise<DeliveryMethods> {
  const ids = requests.flatMap(({ delivery }) => (delivery === undefined ? [] : [delivery.methodId]));
  return ids.length === 0 ? noMethods : readMethods(db, ids);
}

/** Judges the delivery of a request or a quote, for the terms of the order. */
export function deliveryTerm(
  methods: DeliveryMethods,
  delivery: DeliveryWish | QuotedDelivery | undefined,
): Pick<OrderTerms, 'deliveryOf'> {
  if (delivery === undefined) return {};
  const country = 'address' in delivery ? delivery.address.country : delivery.country;
  return { deliveryOf: (order) => methods.choose({ methodId: delivery.methodId, country }, order) };
}

/** Stores the addresses of accepted purchases. Undefined if there are none. */
export function storeAddressesOf(
  trx: Knex.Transaction,
  accepted: readonly { purchase: Purchase; request: WithDelivery }[],
): Promise<void> | undefined {
  const addresses = accepted.flatMap(({ purchase: { id: purchaseId, userId }, request: { delivery } }) =>
    delivery === undefined ? [] : [{ purchaseId, userId, address: delivery.address }],
  );
  return addresses.length === 0 ? undefined : storeAddresses(trx, addresses);
}
