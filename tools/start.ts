import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { demoAccounts } from '../servers/auth/src/demo-accounts.ts';
import { makeDemoPurchase } from './demo-purchase.ts';
import { type DevelopmentPlatform, startDevelopmentPlatform } from './platform/start-development-platform.ts';

const help = `npm start -- [--fresh] [--no-demo]

Runs Florin on this machine: database, Kafka and the three services. Ctrl-C stops everything.

  --fresh     begin with empty databases and topics (everything that was kept is deleted)
  --no-demo   make no demo purchase

Settings come from the environment and from .env; .env.example lists them all.`;

const { values: options } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    'no-demo': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const stopRequest = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopRequest.abort());

if (options.help) print(help);
else await run();

async function run(): Promise<void> {
  let platform: DevelopmentPlatform | undefined;
  try {
    platform = await startDevelopmentPlatform({
      fresh: options.fresh,
      signal: stopRequest.signal,
      print,
      onUnexpectedExit: (name, logPath) => {
        print(`${name} has ended by itself; the end of ${logPath} says why. Stopping the rest.`);
        process.exitCode = 1;
        stopRequest.abort();
      },
    });
    if (!options['no-demo']) await makeDemoPurchase(platform.urls, demoAccounts.buyer, print);
    print(welcome(platform));
    if (!stopRequest.signal.aborted) await once(stopRequest.signal, 'abort');
  } catch (error) {
    if (!stopRequest.signal.aborted) {
      print(`\n${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  } finally {
    if (platform) {
      print('\nStopping ...');
      await platform.stop();
      print('Stopped. Data are kept; npm start -- --fresh begins anew.');
    }
  }
}

function welcome({ urls, logDirectory }: DevelopmentPlatform): string {
  const accounts = Object.entries(demoAccounts).map(([role, { email, password }]) => `  ${role.padEnd(8)} ${email}  ${password}`);
  return `
Florin is up.
  auth     ${urls.auth}/docs
  product  ${urls.product}/docs
  payment  ${urls.payment}/docs

Demo accounts:
${accounts.join('\n')}

Logs are below ${logDirectory}. Ctrl-C stops everything.`;
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
