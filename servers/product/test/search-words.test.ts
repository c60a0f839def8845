import { expect } from 'chai';
import fc from 'fast-check';
import { foldText } from '../src/search/fold-text.ts';
import { scoreDocument } from '../src/search/score-document.ts';
import { allWords, documentOf, documentText, parseDocument } from '../src/search/search-document.ts';
import { parseSearch } from '../src/search/search-query.ts';
import { isOneErrorApart, spellingsOf } from '../src/search/spellings.ts';
import { splitWords } from '../src/search/split-words.ts';

describe('foldText', () => {
  for (const [text, folded] of [
    ['Crème BRÛLÉE', 'creme brulee'],
    ['Straße, Łódź, Ærø', 'strasse, lodz, aero'],
    ['ｆｕｌｌ　ｗｉｄｔｈ', 'full width'],
    ['İstanbul ΟΔΌΣ', 'istanbul οδοσ'],
    // These marks distinguish letters.
    ['ガラス 한국 ไม้', 'ガラス 한국 ไม้'],
  ] as const)
    it(`turns ${text} into ${folded}`, () => expect(foldText(text)).to.equal(folded));
});

describe('splitWords', () => {
  for (const [text, words] of [
    ['T-Shirt', 't shirt tshirt'],
    ['Relay AB-12 DIN', 'relay ab 12 ab12 din'],
    ["Chef's knife", 'chef s chefs knife'],
    ['500g / 42', '500 g 500g 42'],
    ['紅茶のポット', '紅茶 茶の のポ ポッ ット ト'],
    ['iPhone用ケース', 'iphone 用ケ ケー ース ス'],
    ['!!! % ** 🎉', ''],
  ] as const)
    it(`splits ${text}`, () => {
      const all = splitWords(text).flatMap(({ parts, joined }) => (joined === undefined ? parts : [...parts, joined]));
      expect(all.join(' ')).to.equal(words);
    });

  it('bounds the length of a word', () => {
    expect(splitWords('x'.repeat(1_000))).to.deep.equal([{ parts: ['x'.repeat(60)] }]);
  });
});

describe('parseSearch', () => {
  const shown = (text: string): string =>
    parseSearch(text)
      .map(({ alternatives }) =>
        alternatives.map((terms) => terms.map((term) => `${term.text}${term.isBeginning ? '*' : ''}`).join('&')).join('|'),
      )
      .join(' ');
  for (const [text, query] of [
    ['red skil', 'red* skil*'],
    ['t-shirt', 'tshirt*|t&shirt*'],
    ['茶', '茶*'],
    ['紅茶の', '紅茶*&茶の*'],
    ['a 42', 'a 42'],
    ['%_\\ +-<>()~*"@', ''],
    ['%'.repeat(255), ''],
  ] as const)
    it(`reads ${JSON.stringify(text.slice(0, 20))} as ${query || 'nothing'}`, () => expect(shown(text)).to.equal(query));

  it('reads a bounded number of terms of any text, without wildcards', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (text) => {
        const terms = parseSearch(text).flatMap(({ alternatives }) => alternatives.flat());
        expect(terms.length).to.be.at.most(8 * 7);
        for (const term of terms) expect(term.text).to.match(/^[\p{L}\p{N}\p{M}]{1,60}$/u);
      }),
    );
  });
});

describe('documentOf', () => {
  const document = documentOf({ sku: 'AB-12', name: 'Red shirt', description: 'A red shirt of wool', brand: null });

  it('has each word once, in its highest field', () => {
    expect(document).to.deep.equal({
      sku: ['ab', '12', 'ab12'],
      name: ['red', 'shirt'],
      brand: [],
      description: ['a', 'of', 'wool'],
    });
  });

  it('is read back from its text, whatever the text of the product', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.option(text), (name, description, sku) => {
        const one = documentOf({ name, description, sku, brand: null });
        expect(parseDocument(documentText(one))).to.deep.equal(one);
        expect(new Set(allWords(one)).size).to.equal(allWords(one).length);
      }),
    );
  });
});

describe('scoreDocument', () => {
  const score = (fields: { name?: string; brand?: string; description?: string }, q: string): number =>
    scoreDocument(documentOf({ sku: null, name: '', brand: null, description: '', ...fields }), parseSearch(q));

  it('ranks a name above a brand, a brand above a description, and whole words above beginnings', () => {
    const scores = [
      score({ name: 'Oak' }, 'oak'),
      score({ name: 'Oakwood' }, 'oak'),
      score({ brand: 'Oak' }, 'oak'),
      score({ brand: 'Oakwood' }, 'oak'),
      score({ description: 'Of oak' }, 'oak'),
      score({ description: 'Oakwood' }, 'oak'),
      score({ name: 'Teak' }, 'oak'),
    ];
    expect(scores).to.deep.equal(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).to.equal(scores.length);
    expect(scores.at(-1)).to.equal(0);
  });

  it('is above 0 for the beginning of any word of a name', () => {
    const wordOf = (letters: string) => fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 3, maxLength: 12 });
    const word = fc.oneof(wordOf('abcdéßøł12'), wordOf('紅茶ポ한국'));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        fc.integer({ min: 3, max: 12 }),
        (words, index, length) => {
          const typed = words[index % words.length]?.slice(0, length) ?? '';
          expect(score({ name: words.join(' ') }, typed)).to.be.above(0);
        },
      ),
    );
  });
});

describe('spellings', () => {
  const error = fc.constantFrom('missing', 'added', 'replaced', 'exchanged');
  const letters = fc.string({ unit: fc.constantFrom(...Array.from('abcdefé')), minLength: 5, maxLength: 12 });

  it('have one in common if two words differ by one typing error', () => {
    fc.assert(
      fc.property(letters, error, fc.nat(11), fc.constantFrom(...Array.from('xyz')), (word, kind, at, letter) => {
        const typed = Array.from(word);
        const index = at % (typed.length - 1);
        if (kind === 'missing') typed.splice(index, 1);
        if (kind === 'added') typed.splice(index, 0, letter);
        if (kind === 'replaced') typed[index] = letter;
        if (kind === 'exchanged') typed.splice(index, 2, typed[index + 1] ?? '', typed[index] ?? '');
        const wrong = typed.join('');
        if (wrong === word) return;
        expect(isOneErrorApart(wrong, word)).to.equal(true);
        expect(spellingsOf(wrong).some((one) => spellingsOf(word).includes(one))).to.equal(true);
      }),
    );
  });

  it('of words with two errors are told apart', () => {
    for (const [a, b] of [
      ['kettle', 'kettle'],
      ['kettle', 'ketles'],
      ['skillet', 'skilt'],
      ['lamps', 'samps1'],
    ] as const)
      expect(isOneErrorApart(a, b)).to.equal(false);
  });
});
