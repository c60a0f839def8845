import { catalogue, type EventType } from '@florin/events';
import { subscriptions as auth } from '../../servers/auth/src/subscriptions.ts';
import { subscriptionsOf } from '../../servers/payment/src/subscriptions.ts';
import { subscriptions as product } from '../../servers/product/src/subscriptions.ts';
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
