import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Child, type ChildName, endLeftover, findLeftover, type Launch, startChild, stopChild } from './child-processes.ts';
import { claimDirectory } from './claim-directory.ts';
import { provideTools } from './provide-tools.ts';
import { rememberedPorts } from './remembered-ports.ts';
import { type Progress, reportStep } from './report-step.ts';
import { startBroker } from './start-broker.ts';
import { startDatabase } from './start-database.ts';

export type Infra = {
  /** Of the administrator: mysql://root@127.0.0.1:PORT, no database in the path. */
  databaseUrl: string;
  /** What SELECT VERSION() says. */
  databaseVersion: string;
  kafkaBrokers: string[];
  /** Broker first, then database, within 15 s. May be called again. */
  stop(): Promise<void>;
};

export type InfraOptions = {
  /** Everything of this instance lives below it. */
  directory: string;
  /** Whether a commit survives the end of the machine; off, tests are faster. */
  isDurable: boolean;
  /** Delete this instance's data first. */
  fresh?: boolean;
  /** Gives up starting, and leaves nothing behind. */
  signal?: AbortSignal;
  onProgress: Progress;
  /** A server has died that stop() did not end. */
  onUnexpectedExit?(name: ChildName, code: number | null): void;
};

const graceMs = { broker: 8_000, database: 6_000 } as const;

/** Runs a private database server and a private Kafka broker on loopback, and keeps their data and ports for the next start. */
export async function startInfra(options: InfraOptions): Promise<Infra> {
  const directory = resolve(options.directory);
  const claim = await claimDirectory(directory);
  const children: Child[] = [];
  let isStopping = false;
  const stopAll = async (): Promise<void> => {
    isStopping = true;
    for (const name of ['broker', 'database'] as const) {
      const running = children.filter((child) => child.name === name);
      await Promise.all(running.map((child) => stopChild(child, graceMs[name])));
    }
    await claim.release();
  };
  try {
    const servers = await startServers({ ...options, directory }, (what) => {
      const child = startChild({ ...what, directory });
      children.push(child);
      return child;
    });
    for (const child of children) {
      void child.exited.then(({ code }) => {
        if (!isStopping) options.onUnexpectedExit?.(child.name, code);
      });
    }
    let stopped: Promise<void> | undefined;
    return {
      ...servers,
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

async function startServers(
  { directory, isDurable, fresh = false, onProgress, ...options }: InfraOptions,
  launch: (what: Omit<Launch, 'directory'>) => Child,
): Promise<Omit<Infra, 'stop'>> {
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  await endLeftovers(directory, onProgress);
  if (fresh) await deleteData(directory);
  const { server, java, jars } = await provideTools(onProgress, signal);
  const ports = await rememberedPorts(join(directory, 'ports.json'));

  const databaseHome = join(directory, server.flavour);
  const database = reportStep(onProgress, `Starting ${server.flavour} ${server.version} on port ${ports.database}`, () =>
    startDatabase(server, launch, { home: databaseHome, port: ports.database, isDurable, signal }),
  );
  const broker = reportStep(onProgress, `Starting Kafka on port ${ports.broker}`, () =>
    startBroker(java, jars, launch, {
      home: join(directory, 'kafka'),
      port: ports.broker,
      controllerPort: ports.controller,
      isDurable,
      signal,
    }),
  );
  try {
    const [databaseVersion] = await Promise.all([database, broker]);
    return {
      databaseUrl: `mysql://root@127.0.0.1:${ports.database}`,
      databaseVersion,
      kafkaBrokers: [`127.0.0.1:${ports.broker}`],
    };
  } catch (error) {
    failure.abort();
    // Until both have come to rest, one of them might still launch a server that nobody would stop.
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
