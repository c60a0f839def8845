import { once } from 'node:events';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { makeDemoPurchase } from './demo-purchase.ts';
import type { DevelopmentOptions, DevelopmentPlatform } from './platform/development-platform.ts';
import { startDevelopmentPlatform } from './platform/start-development-platform.ts';

type Options = Pick<DevelopmentOptions, 'fresh' | 'signal' | 'watch'> & {
  hasDemo: boolean;
  /** Text printed after the start. */
  hint?: string;
};

/** Runs the platform until the signal aborts or a service ends. @returns the exit code */
export async function runPlatform({ hasDemo, hint, signal, ...options }: Options): Promise<number> {
  const death = new AbortController();
  const ended = AbortSignal.any([signal, death.signal]);
  let platform: DevelopmentPlatform | undefined;
  try {
    platform = await startDevelopmentPlatform({
      ...options,
      signal: ended,
      print,
      onUnexpectedExit: (name, logPath) => {
        print(`${name} has ended by itself; the end of ${logPath} contains the reason. Stopping the rest.`);
        death.abort();
      },
    });
    if (hasDemo) await makeDemoPurchase(platform.urls, demoAccounts.buyer, print);
    print(welcome(platform));
    if (hint !== undefined) print(hint);
    if (!ended.aborted) await once(ended, 'abort');
    return death.signal.aborted ? 1 : 0;
  } catch (error) {
    if (!ended.aborted) throw error;
    return death.signal.aborted ? 1 : 0;
  } finally {
    if (platform) {
      print('\nStopping ...');
      await platform.stop();
      print('Stopped. The data are kept; npm start -- --fresh begins with empty ones.');
    }
  }
}

function welcome({ url, pages, logHint }: DevelopmentPlatform): string {
  const accounts = Object.entries(demoAccounts).map(([role, { email, password }]) => `  ${role.padEnd(8)} ${email}  ${password}`);
  return `
Florin is up: ${url}
  shop     ${url}
  console  ${url}/console
  API      ${url}/v1

API documentation:
${Object.entries(pages)
  .map(([name, page]) => `  ${name.padEnd(8)} ${page}`)
  .join('\n')}

Demo accounts:
${accounts.join('\n')}

${logHint} Ctrl-C stops everything.`;
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
