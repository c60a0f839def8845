import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCommandLine } from '../../ops/command-line.ts';
import { startInfra } from './start-infra.ts';

const help = `npm run infra -- [--directory D] [--fresh] [--durable]

Runs a private database and broker until Ctrl-C, so that single tests start at once.

  --directory D   directory of their data, ports and logs (default .florin/test, where tests look for them)
  --fresh         start with empty data
  --durable       flush to disk at every commit, as npm start does

Exit code 0: stopped; 1: a server did not start, or exited; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { directory: { type: 'string' }, fresh: { type: 'boolean' }, durable: { type: 'boolean' } },
  async run({ values, progress, signal }) {
    const directory = resolve(String(values['directory'] ?? join(import.meta.dirname, '../../.florin/test')));
    const options = { directory, isDurable: values['durable'] === true, fresh: values['fresh'] === true };
    try {
      return await runUntilStopped(options, { progress, signal });
    } catch (error) {
      if (signal.aborted) return 0;
      throw error;
    }
  },
});

type InfraOptions = { directory: string; isDurable: boolean; fresh: boolean };
type Surroundings = { progress(line: string): void; signal: AbortSignal };

async function runUntilStopped(options: InfraOptions, { progress, signal }: Surroundings): Promise<number> {
  const addresses = join(options.directory, 'infra.json');
  const death = new AbortController();
  const infra = await startInfra({
    ...options,
    signal,
    onProgress: progress,
    onUnexpectedExit: (name, code) => {
      progress(`The ${name} has died (exit code ${code}); its log is in ${options.directory}`);
      death.abort();
    },
  });
  try {
    const { databaseUrl, kafkaBrokers } = infra;
    await writeAddresses(addresses, { databaseUrl, kafkaBrokers, pid: process.pid });
    progress(`Database ${databaseUrl} (${infra.databaseVersion})\nKafka ${kafkaBrokers.join(',')}`);
    const ended = AbortSignal.any([signal, death.signal]);
    if (!ended.aborted) await once(ended, 'abort');
    progress('Stopping the broker and the database');
    return death.signal.aborted ? 1 : 0;
  } finally {
    await rm(addresses, { force: true });
    await infra.stop();
  }
}

/** Writes the file by a rename, so that readers never see part of it. */
async function writeAddresses(addresses: string, content: object): Promise<void> {
  await writeFile(`${addresses}.tmp`, `${JSON.stringify(content, null, 2)}\n`);
  await rename(`${addresses}.tmp`, addresses);
}
