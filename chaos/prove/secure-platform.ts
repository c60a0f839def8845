import { grantRights } from '@florin/kafka';
import { createLogger } from '@florin/runtime';
import { type InfraSecurity, makeInfraSecurity, transportEnvironment } from '../../dev/infra/infra-security.ts';
import type { Infra } from '../../dev/infra/start-infra.ts';
import { allRights } from '../../ops/platform/kafka-rights.ts';
import { type ServiceName, serviceNames } from '../../ops/platform/service-names.ts';

/** What `--secured` adds to the private platform: one object, so that a safeguard is added here and nowhere else. */
export type Securing = {
  /** Certificates and users of the servers. */
  servers?: InfraSecurity;
  /** Settings of the instances of a service. */
  settingsOf(service: ServiceName): NodeJS.ProcessEnv;
  /** Settings of the step that migrates and creates topics. */
  migrationSettings: NodeJS.ProcessEnv;
  /** Runs on the servers before anything else, for each platform. */
  prepare(infra: Infra, kafkaPrefix: string): Promise<void>;
};

/** A platform without `--secured`, as in development. */
export const unsecured: Securing = { settingsOf: () => ({}), migrationSettings: {}, prepare: () => Promise.resolve() };

/** Beginning of the names of Kafka's users. */
const USERS = 'florin-';

/** TLS to the database and to Kafka, and a user of Kafka for each service that may do only what the service does. */
export function securePlatform(): Securing {
  const servers = makeInfraSecurity([...serviceNames, 'ops'].map((name) => USERS + name));
  return {
    servers,
    settingsOf: (service) => transportEnvironment(servers, USERS + service),
    migrationSettings: transportEnvironment(servers, `${USERS}ops`),
    async prepare({ kafkaBrokers, kafkaSecurity }, prefix) {
      const logger = createLogger({ service: 'prove', level: 'error' });
      const access = { brokers: kafkaBrokers, security: kafkaSecurity };
      await grantRights({ ...access, clientId: 'florin-prove', prefix, sessionTimeoutMs: 6_000, logger }, await allRights(USERS));
    },
  };
}
