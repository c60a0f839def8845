import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { KafkaSecurity } from '@florin/runtime';
import {
  type Child,
  type ChildName,
  endLeftover,
  findLeftover,
  freezeChild,
  killChild,
  type Launch,
  startChild,
  stopChild,
  thawChild,
} from './child-processes.ts';
import { claimDirectory } from './claim-directory.ts';
import { type InfraSecurity, kafkaSecurityOf } from './infra-security.ts';
import { provideTools } from './provide-tools.ts';
import { rememberedPorts } from './remembered-ports.ts';
import { type Progress, reportStep } from './report-step.ts';
import { startBroker } from './start-broker.ts';
import { rootUrl, startDatabase } from './start-database.ts';

export type Infra = {
  /** Of the administrator: mysql://root@127.0.0.1:PORT and its parameters, no database in the path. */
  databaseUrl: string;
  /** Result of SELECT VERSION(). */
  databaseVersion: string;
  kafkaBrokers: string[];
  /** Of the administrator. */
  kafkaSecurity: KafkaSecurity;
  /** Port and target of a proxy to the broker. Clients of the proxy stay on it. */
  brokerProxy: { port: number; targetPort: number };
  /** Sends SIGKILL and waits for the exit. For crash tests. */
  kill(name: ServerName): Promise<void>;
  /** Starts a killed server on its port and data, and waits until it answers. */
  restart(name: ServerName): Promise<void>;
  /** Sends SIGSTOP: the server does not answer until it is thawed. For tests of hanging servers. */
  freeze(name: ServerName): void;
  /** Sends SIGCONT. */
  thaw(name: ServerName): void;
  /** Stops the broker, then the database, within 15 s. Can be called again. */
  stop(): Promise<void>;
};

export type ServerName = 'broker' | 'database';

export type InfraOptions = {
  /** Directory of all files of this instance. */
  directory: string;
  /** Commits survive a crash of the machine. False makes tests faster. */
  isDurable: boolean;
  /** The broker also listens for clients behind a proxy. */
  hasBrokerProxy?: boolean;
  /** The servers take no connection without TLS, and the broker none without a login. Use it with `fresh`: users are made with the data. */
  security?: InfraSecurity;
  /** Deletes this instance's data first. */
  fresh?: boolean;
  /** Aborting cancels the start and leaves nothing behind. */
  signal?: AbortSignal;
  onProgress: Progress;
  /** Called when a server exits without stop(). */
  onUnexpectedExit?(name: ChildName, code: number | null): void;
};

const graceMs = { broker: 8_000, database: 6_000 } as const;

/** Runs a private database server and a private Kafka broker on loopback, and keeps their data and ports for the next start. */
export async function startInfra(options: InfraOptions): Promise<Infra> {
  const directory = resolve(options.directory);
  const claim = await claimDirectory(directory);
  const children = new Map<ChildName, Child>();
  const ending = new Set<Child>();
  let isStarting = true;
  const stopAll = async (): Promise<void> => {
    for (const child of children.values()) ending.add(child);
    for (const name of ['broker', 'database'] as const) {
      const child = children.get(name);
      if (child) thawChild(child);
      if (child) await stopChild(child, graceMs[name]);
    }
    await claim.release();
  };
  const watch = (child: Child): void => {
    void child.exited.then(({ code }) => {
      if (!ending.has(child)) options.onUnexpectedExit?.(child.name, code);
    });
  };
  const withChild = (name: ServerName, work: (child: Child) => void): void => {
    const child = children.get(name);
    if (child) work(child);
  };
  const launch = (what: Omit<Launch, 'directory'>): Child => {
    const child = startChild({ ...what, directory });
    children.set(child.name, child);
    if (!isStarting) watch(child);
    return child;
  };
  try {
    const { start, ...addresses } = await startServers({ ...options, directory }, launch);
    isStarting = false;
    for (const child of children.values()) watch(child);
    let stopped: Promise<void> | undefined;
    return {
      ...addresses,
      async kill(name) {
        const child = children.get(name);
        if (child === undefined) return;
        ending.add(child);
        await killChild(child);
      },
      async restart(name) {
        await start[name]();
      },
      freeze: (name) => withChild(name, freezeChild),
      thaw: (name) => withChild(name, thawChild),
      stop: () => {
        stopped ??= stopAll();
        return stopped;
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

type Started = Omit<Infra, 'kill' | 'restart' | 'freeze' | 'thaw' | 'stop'> & {
  start: Record<ServerName, () => Promise<unknown>>;
};

async function startServers(
  { directory, isDurable, hasBrokerProxy = false, security, fresh = false, onProgress, ...options }: InfraOptions,
  launch: (what: Omit<Launch, 'directory'>) => Child,
): Promise<Started> {
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  await endLeftovers(directory, onProgress);
  if (fresh) await deleteData(directory);
  const { server, java, jars } = await provideTools(onProgress, signal);
  const ports = await rememberedPorts(join(directory, 'ports.json'));

  const databaseHome = join(directory, server.flavour);
  const start = {
    database: () => startDatabase(server, launch, { home: databaseHome, port: ports.database, security, isDurable, signal }),
    broker: () =>
      startBroker(java, jars, launch, {
        home: join(directory, 'kafka'),
        port: ports.broker,
        controllerPort: ports.controller,
        proxied: hasBrokerProxy ? { port: ports.proxied, proxyPort: ports.proxy } : undefined,
        security,
        isDurable,
        signal,
      }),
  };
  const database = reportStep(
    onProgress,
    `Starting ${server.flavour} ${server.version} on port ${ports.database}`,
    start.database,
  );
  const broker = reportStep(onProgress, `Starting Kafka on port ${ports.broker}`, start.broker);
  try {
    const [databaseVersion] = await Promise.all([database, broker]);
    return {
      databaseUrl: rootUrl(ports.database, security),
      databaseVersion,
      kafkaBrokers: [`127.0.0.1:${ports.broker}`],
      kafkaSecurity: security ? kafkaSecurityOf(security) : 'plaintext',
      brokerProxy: { port: ports.proxy, targetPort: ports.proxied },
      start,
    };
  } catch (error) {
    failure.abort();
    // Waits for both: one of them could still launch a server that nobody would stop.
    await Promise.allSettled([database, broker]);
    throw error;
  }
}

async function endLeftovers(directory: string, onProgress: Progress): Promise<void> {
  for (const name of ['broker', 'database'] as const) {
    const leftover = findLeftover(directory, name);
    if (leftover === undefined) continue;
    await reportStep(onProgress, `Ending the ${name} that a killed launcher left running`, () =>
      endLeftover(leftover, graceMs[name]),
    );
  }
}

async function deleteData(directory: string): Promise<void> {
  await Promise.all(['mysql', 'mariadb', 'kafka'].map((name) => rm(join(directory, name), { recursive: true, force: true })));
  await mkdir(directory, { recursive: true });
}
