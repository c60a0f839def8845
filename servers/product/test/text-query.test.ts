import { expect } from 'chai';
import fc from 'fast-check';
import { textQueryOf } from '../src/catalogue/text-query.ts';

describe('textQueryOf', () => {
  for (const [typed, against] of [
    ['skillet', '+skillet'],
    ['  cast-iron   Skillet ', '+cast +iron +Skillet'],
    ["chef's knife", '+chef +knife'],
    ['the lord of the rings', '+lord +rings'],
    ['skillet 26 cm', '+skillet'],
    ['skillet skillet', '+skillet'],
    ['+(a* -skillet) "~<>@4', '+skillet'],
    ['Crêpe für Łódź', '+Crêpe +für +Łódź'],
  ] as const) {
    it(`turns ${JSON.stringify(typed)} into ${against}`, () => {
      expect(textQueryOf(typed)).to.deep.equal({ kind: 'words', against });
    });
  }

  for (const typed of ['LP', 'to be', '10', '!!!', '%', "'", '🎉', 'a'.repeat(85)]) {
    it(`searches names that begin with ${typed.slice(0, 10)}, which has no indexed word`, () => {
      expect(textQueryOf(typed)).to.deep.equal({ kind: 'beginning', text: typed });
    });
  }

  it('returns undefined for empty text', () => {
    expect([textQueryOf(''), textQueryOf('  \t')]).to.deep.equal([undefined, undefined]);
  });

  it('removes all operators from any text', () => {
    const operators = '+-<>()~*"@%\\';
    const typed = fc.string({ unit: fc.oneof(fc.constantFrom(...operators.split('')), fc.constantFrom('skillet', ' ', 'pan')) });
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({ unit: 'binary' })), (text) => {
        const query = textQueryOf(text);
        if (query?.kind === 'words') expect(query.against).to.match(/^\+[^\s+\-<>()~*"@%\\]+( \+[^\s+\-<>()~*"@%\\]+){0,9}$/);
      }),
    );
  });
});
