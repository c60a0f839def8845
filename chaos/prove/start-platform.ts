import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectToServer } from '@florin/database';
import type { KafkaSecurity } from '@florin/runtime';
import { atDatabase } from '@florin/values';
import { startProxy, type TcpProxy } from '../../dev/infra/proxy.ts';
import { choosePort } from '../../dev/infra/remembered-ports.ts';
import type { Infra } from '../../dev/infra/start-infra.ts';
import { migrationEnvironment, platformEnvironment } from '../../dev/platform/platform-environment.ts';
import { dropDatabases, prepareDatabases } from '../../dev/platform/prepare-databases.ts';
import { endLeftoverService } from '../../dev/platform/start-service.ts';
import type { DatabaseUrls } from '../../ops/platform/service-databases.ts';
import { forEachService, type ServiceName, serviceNames } from '../../ops/platform/service-names.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type Securing, unsecured } from './secure-platform.ts';
import { signatureSettings } from './signatures.ts';
import { type Ending, type Instance, superviseInstance } from './supervise-instance.ts';

export type Platform = {
  instances: readonly Instance[];
  /** Proxies by name: one between each instance and its database, and `kafka` between all instances and the broker. */
  proxies: ReadonlyMap<string, TcpProxy>;
  /** Direct URLs, as for the brokers: they bypass the proxies. */
  databaseUrls: DatabaseUrls;
  kafkaBrokers: readonly string[];
  kafkaSecurity: KafkaSecurity;
  kafkaPrefix: string;
  /** Waits until every instance is ready. */
  ready(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
};

export type PlatformOptions = {
  infra: Infra;
  /** Directory of the code that freezeBuild copied. */
  code: string;
  directory: string;
  /** Prefix of the databases and topics of this run. */
  name: string;
  settings: NodeJS.ProcessEnv;
  securing?: Securing;
  /** Statements of a mutant, run on the fresh databases before the services start. */
  sql?: Partial<Record<ServiceName, readonly string[]>>;
  chooseFailpoint(service: ServiceName): string;
  onEnd(ending: Ending): void;
};

const PASSWORD = 'prove';
const copies: Partial<Record<ServiceName, number>> = { product: 2, payment: 2 };

/** Starts the services on fresh databases and topics: two instances of product and payment, each with a proxy to its database. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { infra, code, directory, name, securing = unsecured } = options;
  const { databaseUrl, kafkaBrokers, kafkaSecurity } = infra;
  const names = serviceNames.flatMap((service) =>
    Array.from({ length: copies[service] ?? 1 }, (_, index) => ({ service, instance: `${service}-${index + 1}` })),
  );
  for (const { service, instance } of names) await endLeftoverService(service, join(directory, instance));
  const ports = await choosePorts(names.map(({ instance }) => instance));
  const { databaseUrls, migrationUrls } = await prepareDatabases({ databaseUrl, prefix: name, password: PASSWORD });
  const kafkaPrefix = `${name}.`;
  // The environment of this process is left out: a .env file configures another platform.
  const environmentOf = (urls: DatabaseUrls, port: number, secured: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    ...platformEnvironment({
      directory,
      databaseUrls: urls,
      kafkaBrokers: [`127.0.0.1:${infra.brokerProxy.port}`],
      ports: { ...forEachService(() => port), auth: portOf(ports, 'auth-1') },
    }),
    KAFKA_PREFIX: kafkaPrefix,
    ...signatureSettings,
    ...options.settings,
    ...secured,
  });

  await securing.prepare(infra, kafkaPrefix);
  const proxies = new Map([['kafka', await startProxy(infra.brokerProxy.targetPort, infra.brokerProxy.port)]]);
  await Promise.all(
    serviceNames.map((service) =>
      runCommand(process.execPath, [join(code, `servers/${service}/dist/src/migrate.js`)], {
        env: {
          ...environmentOf(databaseUrls, 0, securing.migrationSettings),
          ...migrationEnvironment(migrationUrls),
        } as Record<string, string>,
      }),
    ),
  );
  await runSql(databaseUrl, name, options.sql ?? {});

  const databasePort = Number(new URL(databaseUrl).port);
  for (const { instance } of names) proxies.set(instance, await startProxy(databasePort));
  await Promise.all(names.map(({ instance }) => mkdir(join(directory, instance), { recursive: true })));
  const instances = names.map(({ service, instance }) =>
    superviseInstance({
      name: instance,
      service,
      port: portOf(ports, instance),
      directory: join(directory, instance),
      mainFile: join(code, `servers/${service}/dist/src/main.js`),
      clockModule: join(code, 'packages/testing/dist/shift-clock.js'),
      environment: environmentOf(
        through(databaseUrls, proxies.get(instance)?.port ?? 0),
        portOf(ports, instance),
        securing.settingsOf(service),
      ),
      chooseFailpoint: () => options.chooseFailpoint(service),
      onEnd: options.onEnd,
    }),
  );
  return {
    instances,
    proxies,
    databaseUrls,
    kafkaBrokers,
    kafkaSecurity,
    kafkaPrefix,
    ready: (timeoutMs) => untilReady(instances, timeoutMs),
    async stop() {
      await Promise.all(instances.map((instance) => instance.stop()));
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
      await dropDatabases({ databaseUrl, prefix: name });
    },
  };
}

async function untilReady(instances: readonly Instance[], timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const ready = await Promise.all(instances.map((instance) => instance.isReady()));
    if (ready.every(Boolean)) return;
    if (Date.now() > deadline) {
      const missing = instances.filter((_, index) => !ready[index]).map(({ name }) => name);
      throw new Error(`${missing.join(', ')} did not become ready within ${timeoutMs / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Chooses ports below the range of outgoing connections: a killed instance needs the same port again. */
async function choosePorts(names: readonly string[]): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await choosePort([...ports.values()]));
  return ports;
}

function portOf(ports: ReadonlyMap<string, number>, instance: string): number {
  return ports.get(instance) ?? 0;
}

function through(urls: DatabaseUrls, port: number): DatabaseUrls {
  const moved = serviceNames.map((service) => {
    const url = new URL(urls[service]);
    url.port = String(port);
    return [service, url.href] as const;
  });
  return Object.fromEntries(moved) as DatabaseUrls;
}

async function runSql(databaseUrl: string, prefix: string, sql: NonNullable<PlatformOptions['sql']>): Promise<void> {
  for (const [service, statements] of Object.entries(sql)) {
    const connection = await connectToServer(atDatabase(databaseUrl, `${prefix}_${service}`));
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  }
}
