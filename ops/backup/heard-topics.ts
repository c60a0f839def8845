import { auth } from '@florin/auth-server';
import { catalogue, type EventType } from '@florin/events';
import { payment } from '@florin/payment-server';
import { product } from '@florin/product-server';
import { inspectService } from '@florin/service';
import type { ServiceName } from '../platform/service-names.ts';

/** The topics that each service's consumer group reads. */
export const heardTopics: Record<ServiceName, readonly string[]> = {
  auth: topicsOf(inspectService(auth).subscriptions),
  product: topicsOf(inspectService(product).subscriptions),
  payment: topicsOf(inspectService(payment).subscriptions),
};

function topicsOf(subscriptions: object): string[] {
  return [...new Set(Object.keys(subscriptions).map((type) => catalogue[type as EventType].topic))];
}
