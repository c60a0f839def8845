// Entry of `npm start`, `npm test` and the other commands. Plain JavaScript without dependencies: a fresh clone has none
// installed. It installs them, then runs the command in this process.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { continueOnNode24, stopWithLauncher } from './bring-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const commands = {
  start: './start.ts',
  dev: './dev.ts',
  'build:apps': './apps/build-apps-command.ts',
  test: './run-tests.ts',
  infra: './infra/infra-cli.ts',
  docs: './write-docs.ts',
  migrate: '../ops/migrate.ts',
  audit: '../ops/audit/audit.ts',
  backup: '../ops/backup/backup-command.ts',
  restore: '../ops/backup/restore-command.ts',
  rebuild: '../ops/rebuild/rebuild.ts',
  status: '../ops/status/status.ts',
  trace: '../ops/trace/trace.ts',
  switch: '../ops/switches/switch.ts',
  'dead-letters': '../ops/dead-letters.ts',
  'offsets:reset': '../ops/reset-offsets.ts',
  'kafka:acls': '../ops/kafka-acls.ts',
  'events:require': '../ops/require-signatures.ts',
  'auth:rotate-key': '../ops/rotate-key.ts',
  'auth:rotate-encryption-key': '../ops/rotate-encryption-key.ts',
  'collections:check': './collections/check-collections.ts',
  'e2e:compose': './compose/e2e-compose.ts',
  release: '../release/release.ts',
  prove: '../chaos/prove/prove.ts',
  mutate: '../chaos/mutate/mutate.ts',
  seed: './seed/seed.ts',
  screenshots: './screenshots/screenshots.ts',
  bench: '../bench/bench.ts',
};
const [name = '', ...rest] = process.argv.slice(2);

if (!(name in commands)) fail(`There is no command ${JSON.stringify(name)}: choose one of ${Object.keys(commands).join(', ')}.`);
process.chdir(root);
await continueOnNode24(root).catch((error) => fail(error.message));
stopWithLauncher();
installDependencies();
if (existsSync('.env')) process.loadEnvFile('.env');
process.argv = [process.argv[0], process.argv[1], ...rest];
await import('./register.mjs');
await import(commands[name]);

/** npm keeps a copy of the lock file in node_modules: an older copy means that packages are missing. */
function installDependencies() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  if (existsSync(installed) && sameVersions(installed)) return;
  console.log('Installing dependencies (npm ci) ...');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: 'inherit' });
  if (status !== 0)
    fail('npm ci failed. Look at its messages above; a proxy or a registry that does not answer is the usual cause.');
}

function sameVersions(installed) {
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
