import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommandLine, UsageError } from '../../ops/command-line.ts';
import { serviceNames } from '../../ops/platform/service-names.ts';
import { services } from '../../ops/platform/services.ts';
import { brunoFolder, postmanFile } from './collection-files.ts';

const root = join(import.meta.dirname, '../..');
/** Installed into npm's cache when they are used: together they are hundreds of packages, which no other command needs. */
const tools = { newman: 'newman@6.2.2', bruno: '@usebruno/cli@4.1.0' };

const help = `npm run collections:check -- [--url URL | --auth URL --product URL --payment URL]

Sends all requests of the Postman and the Bruno collection to a running platform, as a new user, and checks that each answer has a
documented status. Downloads newman and Bruno's command line on first use.

  --url URL      address of the gateway (default: the services of npm start)
  --auth URL     address of a service, also --product and --payment

Exit code 0: all answers are documented; 1: one is not; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { url: { type: 'string' }, ...Object.fromEntries(serviceNames.map((name) => [name, { type: 'string' as const }])) },
  async run({ values, signal }) {
    const addresses = services.map(({ name, port }) => [
      name,
      addressOf(values[name] ?? values['url'] ?? `http://localhost:${port}`),
    ]);
    const variables = addresses.flatMap(([name, url]) => ['--env-var', `${name}=${url}`]);
    const postman = await run([tools.newman, 'newman', 'run', postmanFile, ...variables], { cwd: root, signal });
    const bruno = await run([tools.bruno, 'bru', 'run', '--env', 'local', ...variables], {
      cwd: join(root, brunoFolder),
      signal,
    });
    return postman === 0 && bruno === 0 ? 0 : 1;
  },
});

function addressOf(value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new UsageError(`${String(value)} is not a URL.`);
  return value.replace(/\/$/, '');
}

async function run([packageName = '', ...command]: string[], options: { cwd: string; signal: AbortSignal }): Promise<number> {
  const child = spawn('npm', ['exec', '--yes', `--package=${packageName}`, '--', ...command], { ...options, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
