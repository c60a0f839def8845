import { join } from 'node:path';
import {
  developmentNames,
  developmentDirectory as directory,
  findMigrationDatabases,
} from '../../ops/platform/service-databases.ts';
import { forEachService, type ServiceName, serviceList, serviceNames, settingOf } from '../../ops/platform/service-names.ts';
import { services as manifest } from '../../ops/platform/services.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { startComposePlatform } from '../compose/start-compose-platform.ts';
import { claimDirectory } from '../infra/claim-directory.ts';
import { reportStep } from '../infra/report-step.ts';
import { startInfra } from '../infra/start-infra.ts';
import type { DevelopmentOptions, DevelopmentPlatform } from './development-platform.ts';
import { isPortFree } from './free-ports.ts';
import { migrationEnvironment, type Ports, platformEnvironment } from './platform-environment.ts';
import { type PreparedDatabases, prepareDatabases } from './prepare-databases.ts';
import { endLeftoverService, type RunningService, startService } from './start-service.ts';
import { watchArguments } from './watch-arguments.ts';

const root = join(import.meta.dirname, '../..');

type Parts = PreparedDatabases & { kafkaBrokers: string[]; stop(): Promise<void> };

/** Starts the infrastructure selected by FLORIN_INFRA and the services, with persistent data, and waits until they are ready. */
export function startDevelopmentPlatform(options: DevelopmentOptions): Promise<DevelopmentPlatform> {
  const { FLORIN_INFRA: infra = isConfigured() ? 'external' : 'embedded' } = process.env;
  if (infra === 'compose') return startComposePlatform(options);
  if (infra === 'external') return startServices(options, externalParts);
  if (infra === 'embedded') return startServices(options, () => embeddedParts(options));
  throw new Error(`FLORIN_INFRA=${infra} is not valid: use embedded (the default), compose or external.`);
}

async function startServices(options: DevelopmentOptions, startParts: () => Promise<Parts>): Promise<DevelopmentPlatform> {
  const { signal, print } = options;
  // First, because it claims the directory: the services of another running start are not ended.
  const infra = await startParts();
  const services: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.stop()));
    await infra.stop();
  };
  try {
    for (const name of serviceNames) {
      if (await endLeftoverService(name, directory)) print(`Ended ${name}, which an earlier run had left running.`);
    }
    const ports = await chosenPorts();
    await build(print, signal);
    const environment = { ...development, ...platformEnvironment({ ...infra, ports }), ...process.env };
    await reportStep(print, 'Migrating the databases and creating the topics', () =>
      runAll(serviceNames, 'migrate', { ...migrationEnvironment(infra.migrationUrls), ...environment }, signal),
    );
    if (environment['NODE_ENV'] !== 'production') {
      await reportStep(print, 'Creating the demo accounts and catalogue', () => runAll(seeded, 'seed', environment, signal));
    }
    await reportStep(print, `Starting ${serviceList}`, async () => {
      const starting = serviceNames.map((name) =>
        startService(name, {
          directory,
          port: ports[name],
          environment,
          nodeArguments: nodeArguments(name, options),
          signal,
          onUnexpectedExit: options.onUnexpectedExit,
        }),
      );
      for (const result of await Promise.allSettled(starting)) {
        if (result.status === 'fulfilled') services.push(result.value);
      }
      await Promise.all(starting);
    });
    const urls = Object.fromEntries(services.map(({ name, url }) => [name, url])) as Record<ServiceName, string>;
    const pages = forEachService((name) => `${urls[name]}/docs`);
    return { urls, pages, logHint: `Logs are below ${directory}.`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const FIRST_INSPECT_PORT = 9229;

function nodeArguments(name: ServiceName, { watch }: DevelopmentOptions): string[] {
  if (watch === undefined) return ['--enable-source-maps', join(root, `servers/${name}/dist/src/main.js`)];
  const inspectPort = watch.isInspected ? FIRST_INSPECT_PORT + serviceNames.indexOf(name) : undefined;
  return watchArguments(join(root, `servers/${name}/src/main.ts`), { inspectPort });
}

/** Short timeouts, so that starts and crashes are quick. The environment takes precedence. */
const development: NodeJS.ProcessEnv = { KAFKA_SESSION_TIMEOUT_MS: '6000' };

async function embeddedParts(options: DevelopmentOptions): Promise<Parts> {
  const { databaseUrl, kafkaBrokers, stop } = await startInfra({
    directory,
    isDurable: true,
    fresh: options.fresh,
    signal: options.signal,
    onProgress: options.print,
    onUnexpectedExit: (name) => options.onUnexpectedExit(`The ${name}`, directory),
  });
  try {
    return { kafkaBrokers, ...(await prepareDatabases({ databaseUrl, ...developmentNames })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const databaseSettings = serviceNames.map((name) => settingOf(name, 'DATABASE_URL'));
const externalSettings = [...databaseSettings, 'KAFKA_BROKERS'];
const seeded: readonly ServiceName[] = manifest.flatMap(({ name, hasSeed }) => (hasSeed ? [name] : []));

function isConfigured(): boolean {
  return externalSettings.some((name) => process.env[name]);
}

async function externalParts(): Promise<Parts> {
  const missing = externalSettings.filter((name) => !process.env[name]);
  if (missing.length > 0)
    throw new Error(`With databases and Kafka of your own, set ${missing.join(', ')} too (see .env.example).`);
  const { release } = await claimDirectory(directory);
  const databaseUrls = forEachService((name) => process.env[settingOf(name, 'DATABASE_URL')] ?? '');
  const migrationUrls = await findMigrationDatabases(process.env);
  return { kafkaBrokers: (process.env['KAFKA_BROKERS'] ?? '').split(','), databaseUrls, migrationUrls, stop: release };
}

async function chosenPorts(): Promise<Ports> {
  const ports = forEachService((name, { port }) => Number(process.env[settingOf(name, 'PORT')] ?? port));
  const taken: string[] = [];
  for (const name of serviceNames) {
    if (!(await isPortFree(ports[name])))
      taken.push(`Port ${ports[name]} is taken: choose another for ${name} with ${settingOf(name, 'PORT')}.`);
  }
  if (taken.length > 0) throw new Error(taken.join('\n'));
  return ports;
}

function build(print: DevelopmentOptions['print'], signal: AbortSignal): Promise<unknown> {
  const compiler = join(root, 'node_modules/.bin/tsc');
  return reportStep(print, 'Building', () =>
    runCommand(compiler, ['-b', ...serviceNames.map((name) => join(root, 'servers', name, 'tsconfig.build.json'))], { signal }),
  );
}

async function runAll(
  names: readonly ServiceName[],
  step: 'migrate' | 'seed',
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const runs = names.map((name) =>
    runCommand(process.execPath, ['--enable-source-maps', join(root, `servers/${name}/dist/src/${step}.js`)], {
      signal,
      env: environment as Record<string, string>,
    }),
  );
  await Promise.all(runs);
}
