import { createService, type FlorinService } from './create-service.ts';
import type { ServiceConfig, ServiceDefinition } from './service-definition.ts';

/** Builds a service without starting it, to read its endpoints, subscriptions, invariants and metrics. */
export function inspectService<Config extends ServiceConfig>(
  definition: ServiceDefinition<Config>,
  settings: Readonly<Record<string, string>> = {},
): FlorinService {
  const { name } = definition;
  const addresses = {
    [`${name.toUpperCase()}_DATABASE_URL`]: `mysql://127.0.0.1/florin_${name}`,
    KAFKA_BROKERS: '127.0.0.1:9092',
  };
  return createService({ ...definition, config: definition.readConfig({ ...addresses, ...settings }) });
}
