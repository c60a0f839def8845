import { type Lag, readLag } from '@florin/messaging';
import type { ServiceStatus } from '@florin/service';
import { callService, urlOfService } from '../platform/call-service.ts';
import { openOperatorKafka } from '../platform/operator-broker.ts';
import { type Part, readPart } from '../platform/part.ts';
import { type DatabaseUrls, findServiceDatabases } from '../platform/service-databases.ts';
import { forEachService, type ServiceName, serviceNames } from '../platform/service-names.ts';
import { type DatabaseState, readDatabase, withDatabase } from './read-database.ts';

export type Health = { status: 'ok' | 'degraded' | 'unavailable'; reasons: string[] };

export type ServiceState = {
  url: string;
  /** `/health/ready`, which anyone may read. */
  health: Part<Health>;
  /** `/v1/<service>/status`, which takes an admin's token. */
  status: Part<ServiceStatus>;
  database: Part<DatabaseState>;
  /** The lag of its consumer, from its database and Kafka. */
  lag: Part<Lag[]>;
};

export type PlatformState = {
  at: string;
  services: Record<ServiceName, ServiceState>;
  kafka: Part<{ members: Record<ServiceName, number> }>;
};

export type ReadOptions = {
  /** The topics of each service's consumer. */
  topics: Record<ServiceName, readonly string[]>;
  /** Signs in as an admin; the token is used for all services. */
  token: () => Promise<string>;
  /** The addresses of services, databases and Kafka. */
  environment: NodeJS.ProcessEnv;
};

/** Each part has its own time limit: one that hangs must not hide the others. */
const PART_TIMEOUT_MS = 4_000;

/** Reads every part of the platform at the same time. A part that is down is reported as such. */
export async function readPlatform({ topics, token, environment }: ReadOptions): Promise<PlatformState> {
  const urls = await readPart(() => findServiceDatabases(environment), PART_TIMEOUT_MS);
  const signedIn = readPart(token, PART_TIMEOUT_MS);
  const kafka = openOperatorKafka('florin-status', environment);
  try {
    const [answered, ...states] = await Promise.all([
      readPart(async () => readMembers((await kafka).topics), PART_TIMEOUT_MS),
      ...serviceNames.map(async (service): Promise<ServiceState> => {
        const [health, status, database, lag] = await Promise.all([
          readPart(() => readHealth(urlOfService(service, environment)), PART_TIMEOUT_MS),
          readPart(async () => readStatus(service, { token: tokenOf(await signedIn), environment }), 2 * PART_TIMEOUT_MS),
          readPart(() => withDatabase(urlOf(urls, service), (db) => readDatabase(db, `florin.${service}`)), PART_TIMEOUT_MS),
          readPart(
            async () => lagOf(service, { topics: topics[service], broker: (await kafka).broker, urls }),
            2 * PART_TIMEOUT_MS,
          ),
        ]);
        return { url: urlOfService(service, environment), health, status, database, lag };
      }),
    ]);
    const byName = new Map(serviceNames.map((name, index) => [name, states[index] as ServiceState]));
    return {
      at: new Date().toISOString(),
      services: forEachService((name) => byName.get(name) as ServiceState),
      kafka: answered,
    };
  } finally {
    // A broker that is away must not delay the end.
    await readPart(async () => (await kafka).disconnect(), 1_000);
  }
}

type OperatorKafka = Awaited<ReturnType<typeof openOperatorKafka>>;

/** Members of each consumer group: the running instances that consume. */
async function readMembers(topics: OperatorKafka['topics']): Promise<{ members: Record<ServiceName, number> }> {
  const counted = new Map<ServiceName, number>();
  for (const name of serviceNames) counted.set(name, await topics.membersOf(`florin.${name}`));
  return { members: forEachService((name) => counted.get(name) ?? 0) };
}

async function readHealth(url: string): Promise<Health> {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(PART_TIMEOUT_MS) });
  const { status, reasons = [] } = (await response.json()) as Partial<Health>;
  if (status === undefined) throw new Error(`${response.status} without a status: is this the address of a service?`);
  return { status, reasons };
}

type Caller = { token: string; environment: NodeJS.ProcessEnv };

async function readStatus(service: ServiceName, caller: Caller): Promise<ServiceStatus> {
  return (await callService(service, 'GET', `/v1/${service}/status`, { ...caller, timeoutMs: PART_TIMEOUT_MS })) as ServiceStatus;
}

type LagOptions = { topics: readonly string[]; broker: OperatorKafka['broker']; urls: Part<DatabaseUrls> };

async function lagOf(service: ServiceName, { topics, broker, urls }: LagOptions): Promise<Lag[]> {
  if (topics.length === 0) return [];
  return withDatabase(urlOf(urls, service), (db) => readLag(db, broker, { consumer: `florin.${service}`, topics }));
}

function urlOf(urls: Part<DatabaseUrls>, service: ServiceName): string {
  if (!urls.isThere) throw new Error(urls.fault);
  return urls.value[service];
}

function tokenOf(signedIn: Part<string>): string {
  if (!signedIn.isThere) throw new Error(`no admin is signed in: ${signedIn.fault}`);
  return signedIn.value;
}
