import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startInfra } from './start-infra.ts';

// node --conditions=source --import tsx/esm tools/infra/infra-cli.ts [--directory D] [--fresh] [--durable]
const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    durable: { type: 'boolean', default: false },
  },
});
const directory = resolve(values.directory ?? join(import.meta.dirname, '../../.florin/test'));
const addresses = join(directory, 'infra.json');

const stopRequest = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopRequest.abort());

try {
  await runUntilStopped();
} catch (error) {
  if (!stopRequest.signal.aborted) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function runUntilStopped(): Promise<void> {
  const infra = await startInfra({
    directory,
    isDurable: values.durable,
    fresh: values.fresh,
    signal: stopRequest.signal,
    onProgress: print,
    onUnexpectedExit: (name, code) => {
      print(`The ${name} has died (exit code ${code}); its log is below ${directory}`);
      process.exitCode = 1;
      stopRequest.abort();
    },
  });
  try {
    const { databaseUrl, kafkaBrokers } = infra;
    await writeAddresses({ databaseUrl, kafkaBrokers, pid: process.pid });
    print(`Database ${databaseUrl} (${infra.databaseVersion})\nKafka ${kafkaBrokers.join(',')}`);
    if (!stopRequest.signal.aborted) await once(stopRequest.signal, 'abort');
    print('Stopping the broker and the database');
  } finally {
    await rm(addresses, { force: true });
    await infra.stop();
  }
}

/** Renamed into place: whoever waits for the file finds all of it. */
async function writeAddresses(content: object): Promise<void> {
  await writeFile(`${addresses}.tmp`, `${JSON.stringify(content, null, 2)}\n`);
  await rename(`${addresses}.tmp`, addresses);
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
