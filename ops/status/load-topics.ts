import { topicsOf } from '@florin/messaging';
import { inspectService } from '@florin/service';
import { loadDefinition } from '../platform/load-service.ts';
import { forEachService, type ServiceName, serviceNames } from '../platform/service-names.ts';

/** The topics that each service's consumer subscribes to. */
export async function loadTopics(): Promise<Record<ServiceName, string[]>> {
  const definitions = await Promise.all(serviceNames.map(loadDefinition));
  const topics = new Map(definitions.map((one) => [one.name, topicsOf(inspectService(one).subscriptions)]));
  return forEachService((name) => topics.get(name) ?? []);
}
