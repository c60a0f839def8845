import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { References } from './choose-tests.ts';

const LITERAL = /'([^'\n]+)'|"([^"\n]+)"|`([^`]+)`/g;
const SUBSTITUTION = /\$\{[^}]*\}/g;
const SOURCE = /\.(tsx?|mjs)$/;
/** Services name these files for people; only tests read them. */
const DOCUMENT = /\.md$|^\.env\.example$/;
const FOLDER = /^[a-z][\w-]*\/?$/;
const TEST = /\/test\/|\.test\.ts$/;

/**
 * Finds the files of a checkout that a source file names: by an import, or by a path in a string, as tests name the programs that
 * they start and the files that they read. A path with `${…}` names every source file that matches it.
 */
export function readReferences(root: string): References {
  const entries = readEntries(root);
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const found = known.get(file) ?? referencesOf({ root, entries, file });
    known.set(file, found);
    return found;
  };
}

type Place = { root: string; entries: ReadonlyMap<string, string>; file: string };

function referencesOf(place: Place): string[] {
  const path = join(place.root, place.file);
  if (!SOURCE.test(path) || !existsSync(path)) return [];
  const literals = [...readFileSync(path, 'utf8').matchAll(LITERAL)].map(
    ([, one, other, template]) => one ?? other ?? template ?? '',
  );
  const named = new Set(literals.flatMap((literal) => resolve(literal, place)));
  return [...named].filter((path) => TEST.test(place.file) || !DOCUMENT.test(path));
}

function resolve(literal: string, { root, entries, file }: Place): string[] {
  const entry = entries.get(literal);
  if (entry !== undefined) return [entry];
  if (TEST.test(file) && FOLDER.test(literal)) return filesIn(root, join(dirname(file), literal));
  const pattern = literal.replace(SUBSTITUTION, '*');
  if (!/^[\w@.*/-]+$/.test(pattern) || !/[\w]/.test(pattern) || !pattern.includes('.')) return [];
  return [join(dirname(file), pattern), normalize(pattern)].flatMap((path) => filesAt(root, path));
}

/** The files of a folder of sample data beside a test. */
function filesIn(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path) || !statSync(path).isDirectory()) return [];
  return globSync(`${folder}/*`, { cwd: root }).filter((found) => statSync(join(root, found)).isFile());
}

function filesAt(root: string, pattern: string): string[] {
  if (pattern.startsWith('..') || pattern.startsWith('/')) return [];
  if (pattern.includes('*')) return SOURCE.test(pattern) ? globSync(pattern, { cwd: root }) : [];
  const path = join(root, pattern);
  return existsSync(path) && statSync(path).isFile() ? [pattern] : [];
}

type Manifest = { name: string; exports?: Record<string, { source?: string }> };

/** The exports of the workspaces' packages, by import name: the files that tests load. */
function readEntries(root: string): ReadonlyMap<string, string> {
  const manifests = globSync(['packages/*/package.json', 'servers/*/package.json', '*/package.json'], { cwd: root });
  const entries = manifests.flatMap((path) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
    return Object.entries(exports).flatMap(([subpath, { source }]) =>
      source === undefined ? [] : expand(root, join(name, subpath), join(dirname(path), source)),
    );
  });
  return new Map(entries);
}

/** `./*` exports one entry for each matching file. */
function expand(root: string, name: string, source: string): [string, string][] {
  if (!source.includes('*')) return [[name, source]];
  const [before = '', after = ''] = source.split('*');
  return globSync(source, { cwd: root }).map((file) => [name.replace('*', file.slice(before.length, -after.length)), file]);
}
