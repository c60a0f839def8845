import { join, resolve } from 'node:path';
import { findExecutables, isExecutable } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type Progress, reportStep } from './report-step.ts';
import { unpackPackage } from './unpack-package.ts';

const folder = resolve(import.meta.dirname, '../../.florin/nginx');

/**
 * Finds nginx for the gateway of `npm start` and of tests. Without nginx on the machine, Debian's package is unpacked into
 * `.florin`: an installed package would start a web server.
 *
 * @returns the path of the executable
 */
export async function provideNginx(onProgress: Progress, signal: AbortSignal): Promise<string> {
  const found = await findNginx();
  if (found !== undefined) return found;
  const isUnpacked = async (): Promise<boolean> => (await findNginx()) !== undefined;
  try {
    await reportStep(onProgress, 'Unpacking nginx', () => unpackPackage('nginx', { folder, isUnpacked }, signal));
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(howToInstall(`getting it failed: ${(error as Error).message}`), { cause: error });
  }
  const provided = await findNginx();
  if (provided === undefined) throw new Error(howToInstall('the one in .florin/nginx does not run: a library may be missing'));
  return provided;
}

async function findNginx(): Promise<string | undefined> {
  for (const executable of [...findExecutables('nginx'), join(folder, 'unpacked/usr/sbin/nginx')].filter(isExecutable)) {
    const printed = await runCommand(executable, ['-V']).catch(() => '');
    // Some builds lack what writes the nonce into the console's page.
    if (printed.includes('nginx version') && printed.includes('http_sub_module')) return executable;
  }
  return undefined;
}

function howToInstall(reason: string): string {
  return [
    `The gateway is nginx (with http_sub_module), which is not on this machine, and ${reason}.`,
    'On Debian or Ubuntu: sudo apt-get install nginx. Elsewhere install it by your own means, on PATH.',
  ].join('\n');
}
