import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findBrokenLinks, findFiles, parsePage, pathOf, readPages } from './markdown-pages.ts';

const root = join(import.meta.dirname, '..');
const looksLikePath = /^[\w@.-]+(\/[\w@./-]*|\.(ts|mjs|md|json|yml|sql|groovy))$/;
/** Pages that link every path they name. Recipes also name parts of paths that every feature has, such as `routes.ts`. */
const linking: Readonly<Record<string, 'paths and parts of paths' | 'paths'>> = {
  'ARCHITECTURE.md': 'paths and parts of paths',
  'docs/glossary.md': 'paths and parts of paths',
  'docs/how-to.md': 'paths',
};

describe('the Markdown pages', () => {
  const pages = readPages(root);
  const files = findFiles(root, root);
  const quoted = pages.flatMap(({ path, codeOutsideLinks }) => codeOutsideLinks.map((code) => ({ path, code })));

  it('have valid links and anchors', () => {
    expect(findBrokenLinks(root, pages)).to.deep.equal([]);
  });

  it('have no conflict markers', () => {
    const marked = pages.filter(({ path }) => /^(<{7}|>{7}) /m.test(readFileSync(join(root, path), 'utf8')));
    expect(marked.map(({ path }) => path)).to.deep.equal([]);
  });

  it('link every path that ARCHITECTURE.md, the recipes and the glossary name', () => {
    const isPath = (code: string): boolean =>
      code.includes('/') && files.some((file) => file === code || (code.endsWith('/') && file.startsWith(code)));
    const isPartOfPath = (code: string): boolean =>
      looksLikePath.test(code) && files.some((file) => `/${file}`.endsWith(`/${code}`));
    const plain = quoted.filter(({ path, code }) => {
      if (linking[path] === undefined) return false;
      return isPath(code) || (linking[path] === 'paths and parts of paths' && isPartOfPath(code));
    });
    expect(plain).to.deep.equal([]);
  });

  it('lead from README.md to the code that charges a purchase in three files', () => {
    const byPath = new Map(pages.map((page) => [page.path, page]));
    const linkedFrom = (path: string): string[] => {
      const page = byPath.get(path);
      return page === undefined ? [] : page.links.map((link) => pathOf(page, link.split('#')[0] ?? ''));
    };
    const second = linkedFrom('README.md');
    const third = second.flatMap(linkedFrom);
    const charging = [...second, ...third].filter(
      (path) =>
        path.endsWith('.ts') &&
        existsSync(join(root, path)) &&
        readFileSync(join(root, path), 'utf8').includes('export async function payPurchases'),
    );
    expect(charging).not.to.deep.equal([]);
  });

  it('name existing tests', () => {
    const named = quoted.flatMap(({ path, code }) =>
      [...code.matchAll(/(?<![*\w./-])[\w./-]+\.test\.ts/g)].map(([test]) => ({ path, test })),
    );
    expect(named.length).to.be.greaterThan(30);
    expect(named.filter(({ test }) => !files.some((file) => file === test || file.endsWith(`/${test}`)))).to.deep.equal([]);
  });

  it('name commands in package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const commands = pages.flatMap(({ path }) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/npm (?:--silent )?run ([a-z][\w:-]*)/g)].map(([, command = '']) => ({
        path,
        command,
      })),
    );
    expect(commands.length).to.be.greaterThan(50);
    expect(commands.filter(({ command }) => scripts[command] === undefined)).to.deep.equal([]);
  });
});

describe('finding broken links', () => {
  const page = (text: string) => parsePage('docs/page.md', text);

  it('finds missing files and headings', () => {
    const broken = page(
      '# A heading, *so* to say\n[a](#a-heading-so-to-say) [b](#no-heading) [c](nothing.md) [d](https://florin.example)',
    );
    expect(findBrokenLinks(root, [broken])).to.deep.equal(['docs/page.md: #no-heading', 'docs/page.md: nothing.md']);
  });

  it('ignores links and code in fenced blocks', () => {
    expect(page('```ts\n[a](b)\n```\n`c` [`d`](e)')).to.deep.include({ links: ['e'], codeOutsideLinks: ['c'] });
  });
});
