import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { documentedCodes } from './documented-codes.ts';

const ui = join(import.meta.dirname, '../packages/ui/src');
const locales = ['en', 'de', 'es', 'pt-BR'] as const;

describe('the texts of errors', () => {
  const codes = documentedCodes();

  for (const locale of locales) {
    const texts = textsOf('texts', locale);
    const staffTexts = textsOf('staff-texts', locale);

    it(`say each documented code in ${locale}`, () => {
      const missing = [...codes.keys()].filter((code) => !(`error.${code}` in { ...texts, ...staffTexts }));
      expect(missing, 'add error.CODE to packages/ui/src/texts, or staff-texts').to.deep.equal([]);
    });

    it(`keep codes that only staff meet out of the storefront in ${locale}`, () => {
      const misplaced = [...codes].filter(([code, isOfStaff]) => `error.${code}` in (isOfStaff ? texts : staffTexts));
      expect(misplaced).to.deep.equal([]);
    });

    it(`name no code that is not documented in ${locale}`, () => {
      const named = Object.keys({ ...texts, ...staffTexts }).filter((id) => id.startsWith('error.'));
      expect(named.filter((id) => !codes.has(id.slice('error.'.length)))).to.deep.equal([]);
    });
  }

  it('use the same values in all languages', () => {
    const english = { ...textsOf('texts', 'en'), ...textsOf('staff-texts', 'en') };
    for (const locale of locales) {
      const others = { ...textsOf('texts', locale), ...textsOf('staff-texts', locale) };
      for (const [id, text] of Object.entries(english))
        expect(valuesOf(others[id]), `${id} in ${locale}`).to.deep.equal(valuesOf(text));
    }
  });
});

function textsOf(folder: 'texts' | 'staff-texts', locale: string): Record<string, string> {
  return JSON.parse(readFileSync(join(ui, folder, `${locale}.json`), 'utf8')) as Record<string, string>;
}

function valuesOf(text = ''): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name))].sort();
}
