import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mutation } from './mutations.ts';

const rootFiles = ['package.json', 'tsconfig.base.json', 'tsconfig.check.json', '.mocharc.json', 'dev/register.mjs'];

/**
 * Copies the sources and their tests to `directory`, which must lie inside the checkout, so that node finds the installed packages.
 * The copied packages are linked, so that the tests see a mutation of them.
 */
export async function copySources(root: string, directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const links = join(directory, 'node_modules/@florin');
  await mkdir(links, { recursive: true });
  for (const file of rootFiles) await cp(join(root, file), join(directory, file));
  for (const folder of ['packages', 'servers'])
    for (const name of await readdir(join(root, folder))) {
      const copy = join(directory, folder, name);
      await cp(join(root, folder, name), copy, { recursive: true, filter: (path) => !/\/(dist|node_modules)$/.test(path) });
      if (folder === 'packages') await symlink(copy, join(links, name));
    }
}

/** Applies the mutation and returns a function that reverts it. */
export async function mutate(directory: string, { file, find, replace }: Mutation): Promise<() => Promise<void>> {
  const path = join(directory, file);
  const text = await readFile(path, 'utf8');
  assertOnce(text, file, find);
  await writeFile(
    path,
    text.replace(find, () => replace),
  );
  return () => writeFile(path, text);
}

/** @throws Error if the mutation no longer fits its file */
export function assertOnce(text: string, file: string, find: string): void {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} holds ${JSON.stringify(find)} ${times} times; a mutation needs it exactly once`);
}
