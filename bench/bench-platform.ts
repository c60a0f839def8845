import { join } from 'node:path';
import { startTestIssuer, type TestIssuer } from '@florin/testing';
import type { Knex } from 'knex';
import { findLeftover } from '../dev/infra/child-processes.ts';
import { pidOf } from '../dev/infra/process-identity.ts';
import { choosePort } from '../dev/infra/remembered-ports.ts';
import { type Infra, startInfra } from '../dev/infra/start-infra.ts';
import { freezeBuild } from '../dev/platform/freeze-build.ts';
import { migrationEnvironment, platformEnvironment } from '../dev/platform/platform-environment.ts';
import { dropDatabases, prepareDatabases } from '../dev/platform/prepare-databases.ts';
import { type RunningService, startService } from '../dev/platform/start-service.ts';
import type { DatabaseUrls } from '../ops/platform/service-databases.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { runCommand } from '../ops/programs/run-command.ts';
import { type Fill, fill } from './fill.ts';
import { openUnsigned } from './open-unsigned.ts';

const root = join(import.meta.dirname, '..');
const directory = join(root, '.florin/bench');
const PASSWORD = 'bench';

/** Shared by all variants of a run: a durable database server, a durable broker, and the signer of the buyers' tokens. */
export type Bench = {
  directory: string;
  infra: Infra;
  issuer: TestIssuer;
  /** Directory of the built services. */
  code: string;
  /** Directory for the services' processor profiles (default: none). */
  profileDirectory?: string | undefined;
  pids: { database: number; broker: number };
  signal: AbortSignal;
  onProgress(line: string): void;
  stop(): Promise<void>;
};

type BenchOptions = Pick<Bench, 'signal' | 'onProgress' | 'profileDirectory'>;

export async function openBench({ signal, onProgress, profileDirectory }: BenchOptions): Promise<Bench> {
  const infra = await startInfra({
    directory,
    isDurable: true,
    fresh: true,
    signal,
    onProgress,
    onUnexpectedExit: (name) => onProgress(`The ${name} has ended by itself`),
  });
  try {
    const code = await freezeBuild({ root, directory });
    const issuer = await startTestIssuer();
    const pids = { database: pidIn('database'), broker: pidIn('broker') };
    const stop = async (): Promise<void> => {
      await issuer.stop();
      await infra.stop();
    };
    return { directory, infra, issuer, code, profileDirectory, pids, signal, onProgress, stop };
  } catch (error) {
    await infra.stop();
    throw error;
  }
}

/** Filled databases and topics for one variant, on which services can be started and stopped. */
export type Stage = {
  /** For the migrating users: a stage fills its databases. */
  databaseUrls: DatabaseUrls;
  /** File with the tokens and product ids that loads draw from. */
  dataPath: string;
  kafkaPrefix: string;
  product: Knex;
  payment: Knex;
  environment(ports: { product: number; payment: number }): NodeJS.ProcessEnv;
  close(): Promise<void>;
};

/** Loads of one wallet and of searches alone meet no limit of a buyer or of searches. */
const settings: NodeJS.ProcessEnv = {
  NODE_ENV: 'development',
  LOG_LEVEL: 'info',
  PURCHASES_UNDECIDED_MAX: '1000000',
  SEARCH_MAX_WAITING: '10000',
  SEARCH_TIMEOUT_MS: '60000',
};

export async function openStage(bench: Bench, name: string, content: Fill): Promise<Stage> {
  const { infra, issuer, code } = bench;
  const prefix = `bench_${name}`;
  const prepared = await prepareDatabases({ databaseUrl: infra.databaseUrl, prefix, password: PASSWORD });
  const databaseUrls = prepared.migrationUrls;
  const kafkaPrefix = `${prefix}.`;
  const environment: Stage['environment'] = (ports) => ({
    PATH: process.env['PATH'],
    ...platformEnvironment({
      directory: bench.directory,
      databaseUrls: prepared.databaseUrls,
      kafkaBrokers: infra.kafkaBrokers,
      ports: { auth: 0, ...ports },
    }),
    ...settings,
    JWKS_URL: issuer.jwksUrl,
    KAFKA_PREFIX: kafkaPrefix,
  });
  for (const service of serviceNames) {
    await runCommand(process.execPath, [join(code, `servers/${service}/dist/src/migrate.js`)], {
      env: { ...environment({ product: 1, payment: 1 }), ...migrationEnvironment(databaseUrls), AUTH_PORT: '1' } as Record<
        string,
        string
      >,
    });
  }
  const dataPath = await fill(content, { databaseUrls, issuer, directory: bench.directory });
  const product = openUnsigned({ url: databaseUrls.product, poolMax: 2 });
  const payment = openUnsigned({ url: databaseUrls.payment, poolMax: 2 });
  return {
    databaseUrls,
    dataPath,
    kafkaPrefix,
    product,
    payment,
    environment,
    async close() {
      await Promise.all([product.destroy(), payment.destroy()]);
      await dropDatabases({ databaseUrl: infra.databaseUrl, prefix });
    },
  };
}

export type Running = {
  productUrl: string;
  paymentUrl: string;
  /** Milliseconds from the start of the process to ready. */
  startMs: Record<'product' | 'payment', number>;
  /** Pids by name, for the processor times. */
  pids: Record<'product' | 'payment' | 'database' | 'broker', number>;
  stop(): Promise<void>;
};

type Start = {
  /** Node's arguments for each service (default: the built services). */
  programs?: Record<'product' | 'payment', readonly string[]>;
  settings?: NodeJS.ProcessEnv;
};

/** Starts product and payment on a stage. */
export async function startServices(bench: Bench, stage: Stage, start: Start = {}): Promise<Running> {
  const productPort = await choosePort([]);
  const ports = { product: productPort, payment: await choosePort([productPort]) };
  const startedAt = Date.now();
  const product = await launch(bench, stage, { ...start, name: 'product', ports });
  const productReadyAt = Date.now();
  const payment = await launch(bench, stage, { ...start, name: 'payment', ports });
  return {
    startMs: { product: productReadyAt - startedAt, payment: Date.now() - productReadyAt },
    productUrl: product.url,
    paymentUrl: payment.url,
    pids: { product: product.pid, payment: payment.pid, ...bench.pids },
    async stop() {
      await product.stop();
      await payment.stop();
    },
  };
}

/** Starts this number of instances of product and of payment. A number distinguishes their processes. */
export async function startInstances(
  bench: Bench,
  stage: Stage,
  instances: number,
): Promise<{ productUrls: string[]; pids: Record<string, number>; stop(): Promise<void> }> {
  const taken: number[] = [];
  const started: RunningService[] = [];
  const pids: Record<string, number> = { ...bench.pids };
  const stop = async (): Promise<void> => void (await Promise.all(started.map((service) => service.stop())));
  try {
    for (let number = 1; number <= instances; number++) {
      for (const name of ['product', 'payment'] as const) {
        const port = await choosePort(taken);
        taken.push(port);
        const home = join(bench.directory, `instance-${number}`);
        const service = await launch({ ...bench, directory: home }, stage, { name, ports: { product: port, payment: port } });
        pids[`${name}-${number}`] = service.pid;
        started.push(service);
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { productUrls: started.filter(({ name }) => name === 'product').map(({ url }) => url), pids, stop };
}

/** Starts payment alone. */
export async function startPayment(bench: Bench, stage: Stage, start: Start = {}): Promise<RunningService> {
  return launch(bench, stage, { ...start, name: 'payment', ports: { product: 1, payment: await choosePort([]) } });
}

/** Starts product alone. */
export async function startProduct(bench: Bench, stage: Stage, start: Start = {}): Promise<RunningService> {
  return launch(bench, stage, { ...start, name: 'product', ports: { product: await choosePort([]), payment: 1 } });
}

function launch(
  { code, directory: home, profileDirectory, signal, onProgress }: Bench,
  stage: Stage,
  { name, ports, programs, settings: own }: Start & { name: 'product' | 'payment'; ports: { product: number; payment: number } },
): Promise<RunningService> {
  return startService(name, {
    directory: home,
    port: ports[name],
    environment: { ...stage.environment(ports), ...own },
    nodeArguments: [
      ...(profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`]),
      ...(programs?.[name] ?? [join(code, `servers/${name}/dist/src/main.js`)]),
    ],
    signal,
    onUnexpectedExit: (service, logPath) => onProgress(`${service} has ended by itself, see ${logPath}`),
  });
}

function pidIn(name: 'database' | 'broker'): number {
  const identity = findLeftover(directory, name);
  if (identity === undefined) throw new Error(`The ${name} is not running`);
  return pidOf(identity);
}
