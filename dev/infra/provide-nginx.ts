import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findExecutables, isExecutable } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type Progress, reportStep } from './report-step.ts';
import { aptAsRoot } from './system-packages.ts';

const folder = resolve(import.meta.dirname, '../../.florin/nginx');
const unpacked = join(folder, 'unpacked');

/**
 * Finds nginx for tests of the gateway's configuration. Without nginx on the machine, Debian's package is unpacked into
 * `.florin`: an installed package would start a web server.
 *
 * @returns the path of the executable
 */
export async function provideNginx(onProgress: Progress, signal: AbortSignal): Promise<string> {
  const found = await findNginx();
  if (found !== undefined) return found;
  try {
    await reportStep(onProgress, 'Unpacking nginx', () => unpackNginx(signal));
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(howToInstall(`getting it failed: ${(error as Error).message}`), { cause: error });
  }
  const provided = await findNginx();
  if (provided === undefined) throw new Error(howToInstall('the one in .florin/nginx does not run: a library may be missing'));
  return provided;
}

async function findNginx(): Promise<string | undefined> {
  for (const executable of [...findExecutables('nginx'), join(unpacked, 'usr/sbin/nginx')].filter(isExecutable)) {
    const printed = await runCommand(executable, ['-v']).catch(() => '');
    if (printed.includes('nginx version')) return executable;
  }
  return undefined;
}

/** Unpacks into a temporary folder and renames it: concurrent calls are safe. */
async function unpackNginx(signal: AbortSignal): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, 'download-'));
  try {
    await downloadPackage(temporary, signal);
    const [archive = ''] = (await readdir(temporary)).filter((name) => name.endsWith('.deb'));
    await runCommand('dpkg-deb', ['--extract', join(temporary, archive), join(temporary, 'unpacked')], { signal });
    await rename(join(temporary, 'unpacked'), unpacked).catch(async (error: Error) => {
      if ((await findNginx()) === undefined) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Updates the package lists, which a fresh machine lacks. */
async function downloadPackage(directory: string, signal: AbortSignal): Promise<void> {
  const download = (): Promise<string> => runCommand('apt-get', ['-q', 'download', 'nginx'], { signal, cwd: directory });
  try {
    await download();
  } catch (error) {
    const asRoot = await aptAsRoot(signal);
    if (asRoot === undefined) throw error;
    await asRoot(['update']);
    await download();
  }
}

function howToInstall(reason: string): string {
  return [
    `The gateway's configuration is tested with nginx, which is not on this machine, and ${reason}.`,
    'On Debian or Ubuntu: sudo apt-get install nginx. Elsewhere install it by your own means, on PATH.',
  ].join('\n');
}
