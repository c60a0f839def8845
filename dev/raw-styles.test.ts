import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rawStyles } from './raw-styles.ts';

const root = join(import.meta.dirname, '..');
const folders = ['apps/storefront/src', 'apps/console/src', 'packages/ui/src'];
/** The place of all colours and sizes. */
const TOKENS = 'packages/ui/src/tokens.css';

describe('the styles of the apps', () => {
  it('take colours and sizes from the tokens of packages/ui', () => {
    const files = folders
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
      )
      .filter((file) => file.endsWith('.css') && file !== TOKENS);
    expect(files).to.have.length.above(3);
    const found = files.flatMap((file) => rawStyles(readFileSync(join(root, file), 'utf8')).map((style) => `${file}:${style}`));
    expect(found, 'use var(--color-…), var(--space-…) or rem').to.deep.equal([]);
  });

  for (const style of [
    'color: #fff;',
    'background: rgb(0 0 0 / 0.5);',
    'border: 1px solid var(--color-line);',
    'color: white;',
    'margin: -4px;',
    'padding: 0.5px;',
    'inline-size: 12px;',
    'fill: hsl(120deg 50% 50%);',
  ])
    it(`are refused with ${style}`, () => {
      expect(rawStyles(`.a {\n  ${style}\n}`)).to.deep.equal([`2: ${style.slice(0, -1)}`]);
    });

  for (const css of [
    '.a { }',
    '@media (max-width: 600px) {',
    '  color: var(--color-white);',
    '  inline-size: 1px;',
    '  margin: 0 auto 1.5rem;',
    '  color: inherit;',
    '/* 12px and #fff are\n  color: red;\n */',
    'a:hover {',
  ])
    it(`are taken with ${JSON.stringify(css)}`, () => {
      expect(rawStyles(css)).to.deep.equal([]);
    });
});
