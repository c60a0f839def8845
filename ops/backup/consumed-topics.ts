import { catalogue, type EventType } from '@florin/events';
import { inspectService } from '@florin/service';
import { loadDefinition } from '../platform/load-service.ts';
import type { ServiceName } from '../platform/service-names.ts';

/** The topics that a service's consumer group reads. */
export async function consumedTopics(name: ServiceName): Promise<string[]> {
  const { subscriptions } = inspectService(await loadDefinition(name));
  return [...new Set(Object.keys(subscriptions).map((type) => catalogue[type as EventType].topic))];
}
