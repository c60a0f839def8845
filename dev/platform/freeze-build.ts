import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../ops/programs/run-command.ts';

/** One edit of a built file, in which `find` occurs exactly once. */
export type Edit = { file: string; find: string; replace: string };

type Options = { root: string; directory: string; edits?: readonly Edit[] };

/**
 * Builds the platform and copies it to `<directory>/code`: the services of a chaos run start many times, and a build meanwhile
 * must not change them. The copy must lie inside the checkout, where node finds the installed packages. Those that npm installed
 * for one workspace only are linked.
 *
 * @param options `edits`: changes of the copy, for mutants; the checkout's files stay unchanged
 */
export async function freezeBuild({ root, directory, edits = [] }: Options): Promise<string> {
  await runCommand(join(root, 'node_modules/.bin/tsc'), ['-b', join(root, 'tsconfig.build.json')]);
  const code = join(directory, 'code');
  await rm(code, { recursive: true, force: true });
  const links = join(code, 'node_modules/@florin');
  await mkdir(links, { recursive: true });
  for (const folder of ['packages', 'servers']) {
    for (const name of await readdir(join(root, folder))) {
      // packages/ui is a part of the apps, which Vite builds.
      if (!existsSync(join(root, folder, name, 'dist'))) continue;
      await copyBuilt(join(root, folder, name), join(code, folder, name));
      if (folder === 'packages') await symlink(join(code, folder, name), join(links, name));
    }
  }
  for (const edit of edits) await applyEdit(code, edit);
  return code;
}

async function copyBuilt(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(join(from, 'package.json'), join(to, 'package.json'));
  await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true });
  const installed = join(from, 'node_modules');
  if (existsSync(installed)) await symlink(installed, join(to, 'node_modules'));
}

async function applyEdit(code: string, { file, find, replace }: Edit): Promise<void> {
  const path = join(code, file);
  const parts = (await readFile(path, 'utf8')).split(find);
  if (parts.length !== 2)
    throw new Error(`${file} holds ${JSON.stringify(find)} ${parts.length - 1} times; a mutant needs it exactly once`);
  await writeFile(path, parts.join(replace));
}
