import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import { expect } from 'chai';

const locales = ['en', 'de', 'es', 'pt-BR'] as const;
const root = join(import.meta.dirname, '../../..');
const folders = ['apps/storefront/src', 'packages/ui/src'];

type Texts = Record<string, string>;
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Texts;
const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
const files = folders.flatMap(filesOf);
/** Folders of texts: one of each feature. */
const places = files.filter((file) => file.endsWith('texts/en.json')).map((file) => file.slice(0, -'/en.json'.length));
const sources = files
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, code: readFileSync(join(root, file), 'utf8') }));
/** A text that code names, and the beginning of one. */
const ID = /\bid: '([a-zA-Z]+\.[\w.-]+)'/g;
const BEGINNING = /\bid: `([a-zA-Z]+\.[\w.-]*)\$\{/g;
/** Folders by the beginning of their ids. */
const featureOf = new Map(
  places.flatMap((place) =>
    Object.keys(read(join(place, 'en.json'))).map((id) => [id.slice(0, id.indexOf('.')), basename(dirname(place))] as const),
  ),
);
const english = new Set(places.flatMap((place) => Object.keys(read(join(place, 'en.json')))));

describe('the texts of the shop', () => {
  for (const place of places)
    describe(place, () => {
      const texts = Object.fromEntries(locales.map((locale) => [locale, read(join(place, `${locale}.json`))]));

      it('have the same ids in all languages', () => {
        for (const locale of locales)
          expect(Object.keys(texts[locale] ?? {}), locale).to.have.members(Object.keys(texts['en'] ?? {}));
      });

      it('are ICU messages with the same arguments in all languages', () => {
        for (const [id, text] of Object.entries(texts['en'] ?? {}))
          for (const locale of locales) {
            const own = texts[locale]?.[id] ?? '';
            // The owner of the shop fills some in.
            expect(own.trim() === '', `${id} in ${locale} is empty`).to.equal(text.trim() === '');
            expect(argumentsOf(own), `${id} in ${locale}`).to.deep.equal(argumentsOf(text));
          }
      });
    });

  it('have each id that the code names', () => {
    const missing = sources.flatMap(({ file, code }) =>
      [...code.matchAll(ID)].flatMap(([, id = '']) => (english.has(id) ? [] : [`${file}: ${id}`])),
    );
    expect(missing).to.deep.equal([]);
  });

  it('are loaded with each page that names them, or imports code that does', () => {
    const codeOf = new Map(sources.map(({ file, code }) => [file, code]));
    const importsOf = (file: string, pattern: RegExp) =>
      [...(codeOf.get(file) ?? '').matchAll(pattern)].map(([, path = '']) => join(dirname(file), path));
    const reach = (file: string, found = new Set<string>()): Set<string> => {
      if (found.has(file)) return found;
      found.add(file);
      for (const next of importsOf(file, /(?:from |import\()'(\.[^']+)'/g)) reach(next, found);
      return found;
    };
    const routes = codeOf.get('apps/storefront/src/routes.ts') ?? '';
    const lists = [...routes.matchAll(/withTexts\((\w+), \[([^\]]*)\]\)/g)];
    expect(lists).to.have.length.above(8);
    const missing = lists.flatMap(([, name = '', list = '']) => {
      const loaded = ['shell', 'session', 'src', ...[...list.matchAll(/'([a-z-]+)'/g)].map(([, one = '']) => one)];
      const [, from = ''] = new RegExp(`\\b${name}\\b[^;]*from '([^']+)'`).exec(routes) ?? [];
      const file = join('apps/storefront/src', from);
      const [, own = ''] = new RegExp(`const ${name}[^=]*= \\[([^;]*)\\];`).exec(codeOf.get(file) ?? '') ?? [];
      const pages = importsOf(file, /import\('([^']+)'\)/g).filter(
        (page) => own.includes(basename(page)) || !own.includes('import('),
      );
      return [...pages.flatMap((page) => [...reach(page)])]
        .flatMap((reached) => [...(codeOf.get(reached) ?? '').matchAll(ID), ...(codeOf.get(reached) ?? '').matchAll(BEGINNING)])
        .map(([, id = '']) => featureOf.get(id.slice(0, id.indexOf('.'))) ?? id)
        .filter((feature) => !loaded.includes(feature))
        .map((feature) => `${name} need the texts of ${feature}`);
    });
    expect([...new Set(missing)]).to.deep.equal([]);
  });

  it('have no id that no code names, by itself or by its beginning', () => {
    const code = sources.map((source) => source.code).join('\n');
    const beginnings = [...code.matchAll(/`([a-zA-Z]+\.[\w.-]*)\$\{/g)].map(([, beginning = '']) => beginning);
    const unused = [...english].filter(
      (id) => !code.includes(`'${id}'`) && !code.includes(`"${id}"`) && !beginnings.some((beginning) => id.startsWith(beginning)),
    );
    expect(unused).to.deep.equal([]);
  });
});

/** The names of a message's arguments, those inside of its branches too. */
function argumentsOf(text: string): string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node && node.type !== 0 && node.type !== 7 && 'value' in node) found.add(String(node.value));
      Object.values(node).forEach(visit);
    }
  };
  visit(parse(text));
  return [...found].sort();
}
