import { expect } from 'chai';
import fc from 'fast-check';
import { email, emailSpellings, normaliseEmail, storedEmail } from '../src/index.ts';

const long = (length: number): string =>
  `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(length - 244)}`;

describe('An e-mail address', () => {
  const spellings: [sent: string, kept: string][] = [
    ['  Alice@Example.COM\n', 'alice@example.com'],
    ['u\u0308@example.com', 'ü@example.com'],
    ['ａlice＠example.com', 'alice@example.com'],
    ['ﬁona@example.com', 'fiona@example.com'],
    ['Ⅳ@example.com', 'iv@example.com'],
    ['alice@example。com', 'alice@example.com'],
    ['alice@ｅxample.com', 'alice@example.com'],
    ['x@München.example', 'x@xn--mnchen-3ya.example'],
    ['x@mu\u0308nchen.example', 'x@xn--mnchen-3ya.example'],
    ['x@XN--MNCHEN-3YA.example', 'x@xn--mnchen-3ya.example'],
    ['x@пример.рф', 'x@xn--e1afmkfd.xn--p1ai'],
    ['x@faß.example', 'x@xn--fa-hia.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [`${'ü'.repeat(32)}@example.com`, `${'ü'.repeat(32)}@example.com`],
    [long(254), long(254)],
  ];
  for (const [sent, kept] of spellings) {
    it(`is ${JSON.stringify(kept)} when ${JSON.stringify(sent)} was sent`, () => {
      expect(email().validate(sent)).to.deep.equal({ value: kept });
    });
  }

  const invisible: [name: string, character: string][] = [
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a right-to-left override', '\u202e'],
    ['an isolate', '\u2066'],
    ['a soft hyphen', '\u00ad'],
    ['a byte order mark', '\ufeff'],
    ['a word joiner', '\u2060'],
    ['a tag', '\u{e0041}'],
    ['a combining grapheme joiner', '\u034f'],
    ['a variation selector', '\ufe0f'],
    ['a Hangul filler', '\u3164'],
    ['a half-width Hangul filler', '\uffa0'],
    ['a blank Braille pattern', '\u2800'],
    ['a no-break space', '\u00a0'],
    ['an ideographic space', '\u3000'],
    ['an Ogham space', '\u1680'],
    ['a NUL', '\u0000'],
    ['a control character of Latin-1', '\u0085'],
    ['a private-use character', '\ue000'],
    ['an unassigned character', '\u0378'],
    ['half of a surrogate pair', '\ud800'],
  ];
  for (const [name, character] of invisible) {
    it(`is rejected with ${name}, before the @ or after it`, () => {
      for (const text of [`al${character}ice@example.com`, `alice${character}@example.com`, `alice@exa${character}mple.com`])
        expect(normaliseEmail(text), JSON.stringify(text)).to.equal(undefined);
    });
  }

  it('is rejected with a byte order mark at its ends, where it counts as white space', () => {
    for (const text of ['\ufeffalice@example.com', 'alice@example.com\ufeff', ' \ufeff alice@example.com'])
      expect(normaliseEmail(text)).to.equal(undefined);
  });

  for (const bad of [
    'alice@example.com.',
    'alice@.example.com',
    'alice@example..com',
    'alice@example',
    'alice@-example.com',
    'alice@example-.com',
    'alice@exam_ple.com',
    'alice@exam%2eple.com',
    'alice@example.com/path',
    'alice@example.com:25',
    'alice@example.com?q',
    'alice@example.com#f',
    'alice@bob@example.com',
    'alice@127.1',
    'alice@10.0.0.1',
    'alice@example.0x7f',
    'alice@[10.0.0.1]',
    'alice@xn--a.example',
    'alice@xn--florin-.example',
    'alice@xn--.example',
    'alice@xn--zzzzzz.example',
    `alice@${'x'.repeat(64)}.example`,
    `alice@${'ü'.repeat(63)}.example`,
    `${'a'.repeat(65)}@example.com`,
    `${'ü'.repeat(33)}@example.com`,
    long(255),
    '.alice@example.com',
    'al..ice@example.com',
    '"al ice"@example.com',
    '@example.com',
    'alice@',
    'alice',
    '',
  ]) {
    it(`is rejected as ${JSON.stringify(bad.length > 60 ? `${bad.slice(0, 60)}…` : bad)}`, () => {
      expect(normaliseEmail(bad)).to.equal(undefined);
    });
  }

  it('has one normal form, whatever its characters: normalising again changes nothing', () => {
    const isStable = (text: string): boolean => {
      const normal = normaliseEmail(text);
      return normal === undefined || normaliseEmail(normal) === normal;
    };
    const part = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(part, part, (local, label) => isStable(`${local}@x.example`) && isStable(`a@${label}.example`)),
      { numRuns: 2_000 },
    );
    const unstable: string[] = [];
    for (let point = 0x80; point < 0x11_0000; point += point < 0x3000 ? 1 : 101) {
      const character = String.fromCodePoint(point);
      if (!isStable(`a${character}@x.example`) || !isStable(`a@x${character}.example`)) unstable.push(point.toString(16));
    }
    expect(unstable).to.deep.equal([]);
  });
});

describe('The spellings of an address', () => {
  const table: [typed: string, spellings: readonly string[]][] = [
    [' Alice@Example.com', ['alice@example.com']],
    ['X@München.example', ['x@münchen.example', 'x@xn--mnchen-3ya.example']],
    ['x@xn--mnchen-3ya.example', ['x@xn--mnchen-3ya.example', 'x@münchen.example']],
    ['ａlice@München.example', ['ａlice@münchen.example', 'alice@xn--mnchen-3ya.example', 'alice@münchen.example']],
    ['al\u200bice@example.com', ['al\u200bice@example.com']],
    ['\ufeffalice@example.com', ['alice@example.com']],
    ['no address', ['no address']],
  ];
  for (const [typed, spellings] of table) {
    it(`${JSON.stringify(typed)} are the forms that an earlier release stored, the typed form first`, () => {
      expect(emailSpellings(typed)).to.deep.equal(spellings);
      expect(emailSpellings(String(storedEmail().validate(typed).value))).to.deep.equal(spellings);
    });
  }
});
