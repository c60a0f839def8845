import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { newId } from '@florin/database';
import { commandActor } from '@florin/runtime';
import { migrateService } from '@florin/service';
import { createHttpClient, type HttpClient, type TestInfra, testInfra, uniquePrefix } from '@florin/testing';
import { findFreePorts } from '../dev/platform/free-ports.ts';
import { migrationEnvironment, type Ports, platformEnvironment } from '../dev/platform/platform-environment.ts';
import { dropDatabases, prepareDatabases } from '../dev/platform/prepare-databases.ts';
import { type RunningService, startService } from '../dev/platform/start-service.ts';
import { loadDefinition, loadMigrations } from '../ops/platform/load-service.ts';
import type { DatabaseUrls } from '../ops/platform/service-databases.ts';
import { forEachService, type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { runCommand } from '../ops/programs/run-command.ts';

const root = join(import.meta.dirname, '..');
const fromSource = [
  '--conditions=source',
  '--import',
  pathToFileURL(join(root, 'dev/register.mjs')).href,
  '--enable-source-maps',
];

/** A platform with a client for each service. */
export type TestPlatform = Record<ServiceName, HttpClient> & {
  urls: Record<ServiceName, string>;
  kafkaBrokers: string[];
  kafkaPrefix: string;
  /** For the running users, as the services have them. */
  databaseUrls: DatabaseUrls;
  migrationUrls: DatabaseUrls;
  openapiPath(service: ServiceName): string;
  /** Fills the demo catalogue. */
  seed(): Promise<void>;
  /** Sends SIGKILL. */
  kill(name: ServiceName): Promise<void>;
  /** Starts a killed service and waits until it is ready. */
  restart(name: ServiceName): Promise<void>;
  stop(): Promise<void>;
};

export type ProcessPlatform = TestPlatform & {
  /** Returns a service's log since its start. */
  logOf(service: ServiceName): string;
  /** Path of that log. */
  logPathOf(service: ServiceName): string;
};

export type TestPlatformOptions = {
  /** Database server and broker (default: those that all tests share). */
  infra?: TestInfra;
  settings?: NodeJS.ProcessEnv;
  onUnexpectedExit?(name: ServiceName, logPath: string): void;
};

/** Starts the services from source in separate processes, on new databases and topics. */
export async function startTestPlatform({
  infra = testInfra(),
  settings = {},
  onUnexpectedExit = complain,
}: TestPlatformOptions = {}): Promise<ProcessPlatform> {
  const { databaseUrl, kafkaBrokers } = infra;
  await using opened = new AsyncDisposableStack();
  const name = `e2e_${newId().slice(-8)}`;
  const directory = await mkdtemp(join(tmpdir(), 'florin-e2e-'));
  opened.defer(() => rm(directory, { recursive: true }));
  const kafkaPrefix = uniquePrefix('e2e');
  const free = await findFreePorts(serviceNames.length);
  const ports: Ports = forEachService((name) => free[serviceNames.indexOf(name)] ?? 0);
  opened.defer(() => dropDatabases({ databaseUrl, prefix: name }));
  const { databaseUrls, migrationUrls } = await prepareDatabases({ databaseUrl, prefix: name, password: 'e2e' });
  const environment = {
    ...process.env,
    ...platformEnvironment({ directory, databaseUrls, kafkaBrokers, ports }),
    KAFKA_PREFIX: kafkaPrefix,
    KAFKA_PARTITIONS: '3',
    KAFKA_SESSION_TIMEOUT_MS: '3000',
    LOG_LEVEL: 'warn',
    // Tests sign staff in once.
    STAFF_ACCESS_TOKEN_TTL_S: '900',
    ...settings,
  };
  const running = new Map<ServiceName, RunningService>();
  opened.defer(async () => {
    await Promise.all([...running.values()].map((service) => service.stop()));
  });
  const start = async (service: ServiceName): Promise<void> => {
    const options = {
      directory,
      port: ports[service],
      environment,
      signal: new AbortController().signal,
      endsWithLauncher: true,
      onUnexpectedExit,
    };
    running.set(service, await startService(service, { ...options, nodeArguments: [...fromSource, entry(service, 'main')] }));
  };
  const urlOf = (service: ServiceName): string => `http://127.0.0.1:${ports[service]}`;
  const client = (service: ServiceName): HttpClient => createHttpClient(() => urlOf(service));

  await migrateAll({ ...environment, ...migrationEnvironment(migrationUrls), LOG_LEVEL: 'error' });
  await allSettled(serviceNames.map(start));
  const closing = opened.move();
  return {
    ...forEachService(client),
    urls: forEachService(urlOf),
    kafkaBrokers,
    kafkaPrefix,
    databaseUrls,
    migrationUrls,
    openapiPath: () => '/openapi.json',
    logOf: (service) => readFileSync(running.get(service)?.logPath ?? '', 'utf8'),
    seed: async () => {
      const command = [...fromSource, entry('product', 'seed')];
      await runCommand(process.execPath, command, { env: environment as Record<string, string> });
    },
    logPathOf: (service) => running.get(service)?.logPath ?? '',
    kill: async (service) => running.get(service)?.kill(),
    restart: start,
    stop: () => closing.disposeAsync(),
  };
}

export const admin = demoAccounts.admin;

/** In this process: another one for each service would spend most of its time on loading it. */
async function migrateAll(environment: NodeJS.ProcessEnv): Promise<void> {
  const actor = commandActor({});
  await Promise.all(
    serviceNames.map(async (service) =>
      migrateService(await loadDefinition(service), await loadMigrations(service), { environment, actor }),
    ),
  );
}

/** Waits for all, so that none starts after a failure has stopped the others. Throws the first failure. */
async function allSettled(starts: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(starts);
  await Promise.all(starts);
}

function entry(service: ServiceName, what: 'main' | 'seed'): string {
  return join(root, `servers/${service}/src/${what}.ts`);
}

function complain(name: string, logPath: string): void {
  process.stderr.write(`${name} ended by itself; see ${logPath}\n`);
}
