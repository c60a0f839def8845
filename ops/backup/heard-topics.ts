import { subscriptions as auth } from '@florin/auth-server/subscriptions';
import { catalogue, type EventType } from '@florin/events';
import { subscriptionsOf } from '@florin/payment-server/subscriptions';
import { subscriptions as product } from '@florin/product-server/subscriptions';
import type { ServiceName } from '../platform/service-names.ts';

const payment = subscriptionsOf({ currency: 'EUR', openingCreditMinor: 0, spendLimitMinor: 0 });

/** The topics that each service's consumer group hears. */
export const heardTopics: Record<ServiceName, readonly string[]> = {
  auth: topicsOf(auth),
  product: topicsOf(product),
  payment: topicsOf(payment),
};

function topicsOf(subscriptions: object): string[] {
  return [...new Set(Object.keys(subscriptions).map((type) => catalogue[type as EventType].topic))];
}
