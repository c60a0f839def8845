import { join } from 'node:path';
import {
  developmentNames,
  developmentDirectory as directory,
  findMigrationDatabases,
} from '../../ops/platform/service-databases.ts';
import { forEachService, type ServiceName, serviceList, serviceNames, settingOf } from '../../ops/platform/service-names.ts';
import { services as manifest } from '../../ops/platform/services.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { buildApps } from '../apps/build-apps.ts';
import { endLeftoverBuilds, watchApps } from '../apps/watch-apps.ts';
import { startComposePlatform } from '../compose/start-compose-platform.ts';
import { endLeftoverGateway, startGateway } from '../gateway/start-gateway.ts';
import { claimDirectory } from '../infra/claim-directory.ts';
import { provideNginx } from '../infra/provide-nginx.ts';
import { reportStep } from '../infra/report-step.ts';
import { startInfra } from '../infra/start-infra.ts';
import { choosePorts } from './choose-ports.ts';
import type { DevelopmentOptions, DevelopmentPlatform } from './development-platform.ts';
import { migrationEnvironment, platformEnvironment } from './platform-environment.ts';
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
  const { signal, print, onUnexpectedExit } = options;
  // First, because it claims the directory: the services of another running start are not ended.
  const infra = await startParts();
  const services: RunningService[] = [];
  const front: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(front.map((part) => part.stop()));
    await Promise.all(services.map((service) => service.stop()));
    await infra.stop();
  };
  try {
    await endLeftovers(print);
    const ports = await choosePorts(process.env);
    const nginx = await provideNginx(print, signal);
    await build(print, signal);
    const environment = {
      ...development,
      ...platformEnvironment({ ...infra, directory, ports: ports.services }),
      ...process.env,
    };
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
          port: ports.services[name],
          environment,
          nodeArguments: nodeArguments(name, options),
          signal,
          onUnexpectedExit,
        }),
      );
      for (const result of await Promise.allSettled(starting)) {
        if (result.status === 'fulfilled') services.push(result.value);
      }
      await Promise.all(starting);
    });
    const gateway = await startGateway({
      nginx,
      directory,
      port: ports.gateway,
      ports: ports.services,
      // The services speak HTTP here, whatever a shared .env says for compose.
      settings: { ...process.env, FLORIN_GATEWAY_SERVICES_PROTOCOL: 'http' },
      ...(process.env['FLORIN_GATEWAY_ADDRESS'] && { address: process.env['FLORIN_GATEWAY_ADDRESS'] }),
      signal,
      onUnexpectedExit,
    });
    front.push(gateway);
    if (options.watch !== undefined) front.push(await watchApps({ directory, onUnexpectedExit }));
    const urls = Object.fromEntries(services.map(({ name, url }) => [name, url])) as Record<ServiceName, string>;
    const pages = forEachService((name) => `${urls[name]}/docs`);
    return { url: gateway.url, urls, pages, logHint: `Logs are below ${directory}.`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends what an earlier run left running whose launcher was killed. */
async function endLeftovers(print: DevelopmentOptions['print']): Promise<void> {
  const ended = [
    ...((await endLeftoverGateway(directory)) ? ['the gateway'] : []),
    ...(await endLeftoverBuilds(directory)).map((app) => `the build of the ${app}`),
  ];
  for (const name of serviceNames) if (await endLeftoverService(name, directory)) ended.push(name);
  for (const name of ended) print(`Ended ${name}, which an earlier run had left running.`);
}

const FIRST_INSPECT_PORT = 9229;

function nodeArguments(name: ServiceName, { watch }: DevelopmentOptions): string[] {
  if (watch === undefined) return ['--enable-source-maps', join(root, `servers/${name}/dist/src/main.js`)];
  const inspectPort = watch.isInspected ? FIRST_INSPECT_PORT + serviceNames.indexOf(name) : undefined;
  return watchArguments(join(root, `servers/${name}/src/main.ts`), { inspectPort });
}

/** Short timeouts, so that starts and crashes are quick; the proxy is the gateway. The environment takes precedence. */
const development: NodeJS.ProcessEnv = { KAFKA_SESSION_TIMEOUT_MS: '6000', TRUSTED_PROXIES: '1' };

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

async function build(print: DevelopmentOptions['print'], signal: AbortSignal): Promise<void> {
  const compiler = join(root, 'node_modules/.bin/tsc');
  const projects = serviceNames.map((name) => join(root, 'servers', name, 'tsconfig.build.json'));
  await reportStep(print, 'Building', () =>
    Promise.all([runCommand(compiler, ['-b', ...projects], { signal }), buildApps({ signal })]),
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
