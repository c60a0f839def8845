import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommandLine } from '../../ops/command-line.ts';
import { databaseUrlsOn, developmentNames } from '../../ops/platform/service-databases.ts';
import { serviceNames, settingOf } from '../../ops/platform/service-names.ts';
import { findFreePorts } from '../platform/free-ports.ts';
import { composeProject, requireCompose } from './compose-project.ts';
import { runTool } from './docker.ts';

const root = join(import.meta.dirname, '../..');
const logs = join(root, 'reports/e2e-compose.log');
const specs = ['e2e/platform.e2e.test.ts', 'e2e/readme.e2e.test.ts'];

/** Settings of a .env file for npm start, which the compose file must not get. */
const leftToCompose = [
  ...serviceNames.flatMap((name) =>
    (['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'DB_PASSWORD', 'RUN_DB_PASSWORD'] as const).map((setting) =>
      settingOf(name, setting),
    ),
  ),
  ...['NODE_ENV', 'KAFKA_BROKERS', 'KAFKA_PREFIX', 'MYSQL_ROOT_PASSWORD', 'FLORIN_ADMIN_EMAIL', 'FLORIN_ADMIN_PASSWORD'],
  ...['FLORIN_MYSQL_CONTAINERS', 'FLORIN_KAFKA_CONTAINERS', 'FLORIN_GATEWAY_ADDRESS', 'FLORIN_GATEWAY_TRUSTED_PROXY'],
];

const help = `npm run e2e:compose -- [--keep] [--no-build]

Starts the platform of docker-compose.yml as a separate project (florin-e2e, with three instances of payment, on free ports),
runs the end-to-end tests and the README's walk-through against its gateway, audits its databases, and removes it with its data.
After a failure reports/e2e-compose.log has the containers' logs.

  --keep       leave it running (COMPOSE_PROJECT_NAME=florin-e2e docker compose down --volumes removes it)
  --no-build   use the existing images

Exit code 0: passed; 1: failed; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { keep: { type: 'boolean' }, 'no-build': { type: 'boolean' } },
  async run({ values, progress, signal }) {
    await requireCompose();
    const environment = await projectEnvironment();
    const onOutput = (text: string): void => progress(text.trimEnd());
    const project = composeProject({ environment, signal, onOutput });
    const removal = composeProject({ environment });
    await removal.remove();
    try {
      if (values['no-build'] !== true) await project.build();
      await project.up();
      const mocha = join(root, 'node_modules/.bin/mocha');
      await runTool(mocha, specs, { cwd: root, env: environment, signal, onOutput });
      await audit(environment, onOutput);
      return 0;
    } catch (error) {
      await saveLogs(await removal.logs());
      throw error;
    } finally {
      if (values['keep'] !== true) await removal.remove();
    }
  },
});

async function saveLogs(text: string): Promise<void> {
  await mkdir(join(root, 'reports'), { recursive: true });
  await writeFile(logs, text);
}

async function projectEnvironment(): Promise<Record<string, string>> {
  const [gateway = 0, kafka = 0, mysql = 0] = await findFreePorts(3);
  return {
    ...Object.fromEntries(leftToCompose.map((name) => [name, ''])),
    COMPOSE_PROJECT_NAME: 'florin-e2e',
    COMPOSE_FILE: 'docker-compose.yml:dev/compose/e2e.yml',
    COMPOSE_PATH_SEPARATOR: ':',
    FLORIN_GATEWAY_PORT: String(gateway),
    FLORIN_PAYMENT_INSTANCES: '3',
    FLORIN_E2E_URL: `http://127.0.0.1:${gateway}`,
    FLORIN_E2E_KAFKA_PORT: String(kafka),
    FLORIN_E2E_MYSQL_PORT: String(mysql),
    // These tests kill instances; their partitions must move soon.
    KAFKA_SESSION_TIMEOUT_MS: '6000',
  };
}

/** Runs in its own process: Compose would pass the databases' addresses to its services. */
async function audit(environment: Record<string, string>, onOutput: (text: string) => void): Promise<void> {
  const urls = databaseUrlsOn(`127.0.0.1:${environment['FLORIN_E2E_MYSQL_PORT']}`, developmentNames);
  const env = {
    AUTH_DATABASE_URL: urls.auth,
    PRODUCT_DATABASE_URL: urls.product,
    PAYMENT_DATABASE_URL: urls.payment,
    MEDIA_DATABASE_URL: urls.media,
  };
  await runTool(process.execPath, ['--conditions=source', 'dev/florin.mjs', 'audit'], { cwd: root, env, onOutput });
}
