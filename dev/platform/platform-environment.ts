import type { DatabaseUrls } from '../../ops/platform/service-databases.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';

export type Ports = Record<ServiceName, number>;

type Addresses = { databaseUrls: DatabaseUrls; kafkaBrokers: readonly string[]; ports: Ports };

/** What the services need to find each other, on top of this process's environment and before its own settings win. */
export function platformEnvironment({ databaseUrls, kafkaBrokers, ports }: Addresses): NodeJS.ProcessEnv {
  return {
    AUTH_DATABASE_URL: databaseUrls.auth,
    PRODUCT_DATABASE_URL: databaseUrls.product,
    PAYMENT_DATABASE_URL: databaseUrls.payment,
    KAFKA_BROKERS: kafkaBrokers.join(','),
    AUTH_PORT: String(ports.auth),
    PRODUCT_PORT: String(ports.product),
    PAYMENT_PORT: String(ports.payment),
    JWKS_URL: `http://127.0.0.1:${ports.auth}/.well-known/jwks.json`,
  };
}
