import { expect } from 'chai';
import { allTexts } from '../src/texts/all-texts.ts';
import { locales, messagesOf, preferredLocale, type Text } from '../src/texts/texts.ts';

describe('texts of the console', () => {
  const texts: [string, Text][] = Object.entries(allTexts);

  it('has each text in all languages, with the same values', () => {
    for (const [id, text] of texts) {
      expect(text, id).to.have.length(locales.length);
      for (const one of text) expect(valuesIn(one), `${id}: ${one}`).to.deep.equal(valuesIn(text[0]));
      expect(
        text.every((one) => one.trim() !== ''),
        id,
      ).to.equal(true);
    }
  });
  it('gives the texts of one language', () => {
    expect(messagesOf(allTexts, 'de')['action.save']).to.equal('Speichern');
  });
  it('prefers the first language that it has', () => {
    expect(preferredLocale(['fr', 'pt-PT', 'de'])).to.equal('pt-BR');
    expect(preferredLocale(['de-AT'])).to.equal('de');
    expect(preferredLocale(['fr'])).to.equal('en');
  });
});

/** The names of the values that a text takes. */
function valuesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name))].sort();
}
