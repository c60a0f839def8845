import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Imports among folders, including type imports: a reader has to follow them too. */
export type FolderImports = Readonly<Record<string, readonly string[]>>;

/** Reads the imports among the folders of a server's `src`. */
export function readFolderImports(src: string): FolderImports {
  const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(folders.map(({ name }) => [name, importsOf(join(src, name))]));
}

function importsOf(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const imported = sources.flatMap((source) => [...source.matchAll(/from '\.\.\/([\w-]+)\//g)].map(([, name = '']) => name));
  return [...new Set(imported)].sort();
}

/**
 * Finds the cycles among folders.
 *
 * @returns each cycle once, as a path that begins with its first folder by name: `keys -> sessions -> keys`
 */
export function findFolderCycles(imports: FolderImports): string[] {
  const cycles = new Set<string>();
  const walk = (path: readonly string[]): void => {
    const [first = ''] = path;
    for (const next of imports[path.at(-1) ?? ''] ?? []) {
      if (next === first) cycles.add([...path, first].join(' -> '));
      else if (next > first && !path.includes(next)) walk([...path, next]);
    }
  };
  for (const folder of Object.keys(imports)) walk([folder]);
  return [...cycles].sort();
}
