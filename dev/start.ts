import { once } from 'node:events';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { runCommandLine } from '../ops/command-line.ts';
import { makeDemoPurchase } from './demo-purchase.ts';
import { type DevelopmentPlatform, startDevelopmentPlatform } from './platform/start-development-platform.ts';

const help = `npm start -- [--fresh] [--no-demo]

Runs Florin on this machine: database, Kafka and the services. Ctrl-C stops everything.
With FLORIN_INFRA=compose it runs in containers, behind one port (docs/containers.md).

  --fresh     begin with empty databases and topics (everything that was kept is deleted)
  --no-demo   make no demo purchase

Settings come from the environment and from .env; .env.example lists them all.

Exit code 0: stopped as asked; 1: something could not start, or ended by itself; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { fresh: { type: 'boolean' }, 'no-demo': { type: 'boolean' } },
  run: ({ values, signal }) => run({ fresh: values['fresh'] === true, hasDemo: values['no-demo'] !== true, signal }),
});

type Options = { fresh: boolean; hasDemo: boolean; signal: AbortSignal };

async function run({ fresh, hasDemo, signal }: Options): Promise<number> {
  const death = new AbortController();
  const ended = AbortSignal.any([signal, death.signal]);
  let platform: DevelopmentPlatform | undefined;
  try {
    platform = await startDevelopmentPlatform({
      fresh,
      signal: ended,
      print,
      onUnexpectedExit: (name, logPath) => {
        print(`${name} has ended by itself; the end of ${logPath} says why. Stopping the rest.`);
        death.abort();
      },
    });
    if (hasDemo) await makeDemoPurchase(platform.urls, demoAccounts.buyer, print);
    print(welcome(platform));
    if (!ended.aborted) await once(ended, 'abort');
    return death.signal.aborted ? 1 : 0;
  } catch (error) {
    if (!ended.aborted) throw error;
    return death.signal.aborted ? 1 : 0;
  } finally {
    if (platform) {
      print('\nStopping ...');
      await platform.stop();
      print('Stopped. Data are kept; npm start -- --fresh begins anew.');
    }
  }
}

function welcome({ pages, whereLogsAre }: DevelopmentPlatform): string {
  const accounts = Object.entries(demoAccounts).map(([role, { email, password }]) => `  ${role.padEnd(8)} ${email}  ${password}`);
  return `
Florin is up.
${Object.entries(pages)
  .map(([name, page]) => `  ${name.padEnd(8)} ${page}`)
  .join('\n')}

Demo accounts:
${accounts.join('\n')}

${whereLogsAre} Ctrl-C stops everything.`;
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
