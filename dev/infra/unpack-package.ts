import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../ops/programs/run-command.ts';
import { aptAsRoot } from './system-packages.ts';

type Target = { folder: string; isUnpacked(): Promise<boolean> };

/**
 * Unpacks a Debian package into `<folder>/unpacked` without installing it: an installed package would start its server.
 * Unpacks into a temporary folder and renames it, so concurrent calls are safe.
 */
export async function unpackPackage(name: string, { folder, isUnpacked }: Target, signal: AbortSignal): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, 'download-'));
  try {
    await downloadPackage(name, temporary, signal);
    const [archive = ''] = (await readdir(temporary)).filter((file) => file.endsWith('.deb'));
    await runCommand('dpkg-deb', ['--extract', join(temporary, archive), join(temporary, 'unpacked')], { signal });
    await rename(join(temporary, 'unpacked'), join(folder, 'unpacked')).catch(async (error: Error) => {
      if (!(await isUnpacked())) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Updates the package lists, which a fresh machine lacks. */
async function downloadPackage(name: string, directory: string, signal: AbortSignal): Promise<void> {
  const download = (): Promise<string> => runCommand('apt-get', ['-q', 'download', name], { signal, cwd: directory });
  try {
    await download();
  } catch (error) {
    const asRoot = await aptAsRoot(signal);
    if (asRoot === undefined) throw error;
    await asRoot(['update']);
    await download();
  }
}
