import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { appFolder, buildApps } from '../../../dev/apps/build-apps.ts';

const MAX_BYTES = 135_000;
const locales = ['en', 'de', 'es', 'pt-BR'];
const BUILD_TIMEOUT_MS = 300_000;

type Chunk = { file: string; imports?: string[]; isDynamicEntry?: boolean };
type Manifest = Record<string, Chunk>;

describe('the scripts before the first interaction', function () {
  this.timeout(BUILD_TIMEOUT_MS);
  const dist = join(appFolder('storefront'), 'dist');
  let manifest: Manifest;
  before(async () => {
    await buildApps({ signal: AbortSignal.timeout(BUILD_TIMEOUT_MS) });
    manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  });

  it(`have at most ${MAX_BYTES / 1000} kB of gzip on each page, in each language`, () => {
    const keys = Object.keys(manifest);
    const pages = keys.filter((key) => /^src\/.*-page\.tsx$/.test(key));
    expect(pages, 'pages').to.include.members(['src/catalogue/home-page.tsx', 'src/catalogue/product-page.tsx']);
    const sizes = pages.map((page) => ({
      page,
      bytes: Math.max(...locales.map((locale) => bytesOf(scriptsOf(manifest, ['index.html', page, ...textsOf(page, locale)])))),
    }));
    expect(sizes.filter(({ bytes }) => bytes > MAX_BYTES)).to.deep.equal([]);
  });

  /** The files of texts that the app loads before it shows the page: see `src/start/load-texts.ts` and `src/routes.ts`. */
  const textsOf = (page: string, locale: string): string[] => {
    const [, folder = ''] = /^src\/([a-z-]+)\//.exec(page) ?? [];
    const routes = readFileSync(join(appFolder('storefront'), 'src/routes.ts'), 'utf8');
    const [, list = ''] = new RegExp(`withTexts\\(${folder.replace(/s$/, '')}s?Routes, \\[([^\\]]*)\\]`).exec(routes) ?? [];
    const features = [...list.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name);
    return [`src/start/texts-${locale}.ts`, ...features.map((name) => `src/${name}/texts/${locale}.json`)];
  };

  const bytesOf = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
});

/** The files of these chunks and of all that they import at once. */
function scriptsOf(manifest: Manifest, keys: readonly string[], found = new Set<string>()): Set<string> {
  for (const key of keys) {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`The build has no ${key}`);
    if (found.has(chunk.file)) continue;
    found.add(chunk.file);
    scriptsOf(manifest, chunk.imports ?? [], found);
  }
  return found;
}
