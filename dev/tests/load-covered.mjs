import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, '.florin/coverage');
/** Of this checkout. Sources of another release that lie inside it are not covered. */
const covered = /^(packages|servers)\/[^/]+\/src\/.*\.ts$/;
const configuration = await readFile(join(root, '.nycrc.json'), 'utf8');

/**
 * Istanbul's load hook, with a cache: each process of a test run loads the same sources, and instrumenting all of them takes
 * seconds. Keeps one file per source, which begins with the hash of what it was made from.
 */
export async function load(url, context, nextLoad) {
  const file = url.startsWith('file:') ? fileURLToPath(url) : '';
  if (!covered.test(relative(root, file))) return nextLoad(url, context);
  const loaded = await nextLoad(url, context);
  const key = hash(`${configuration}\n${file}\n${loaded.source}`);
  const cache = join(folder, `${hash(file)}.js`);
  const cached = await readFile(cache, 'utf8').catch(() => '');
  if (cached.startsWith(key)) return { format: 'module', source: cached.slice(key.length) };
  // One at a time: the hook leaves files alone while it reads its configuration for the first.
  const instrumented = last.then(async () => {
    // Only here, since Babel takes a while to load.
    const { load: instrument } = await import('@istanbuljs/esm-loader-hook');
    return instrument(url, { ...context, format: 'module' }, () => loaded);
  });
  last = instrumented.catch(() => {});
  const { source } = await instrumented;
  await keep(cache, key + source);
  return { format: 'module', source };
}

let last = Promise.resolve();

function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** Renamed into place: another process reads all of it or nothing. */
async function keep(cache, content) {
  await mkdir(folder, { recursive: true });
  const temporary = `${cache}.${randomUUID()}`;
  await writeFile(temporary, content);
  await rename(temporary, cache);
}
