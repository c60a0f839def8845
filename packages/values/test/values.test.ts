import { block, currency, day, email, id, line, month, sku, time, timeRange, token, url, wholeNumber } from '@florin/values';
import { expect } from 'chai';
import Joi, { type Schema } from 'joi';

/** Each kind with accepted values (and their normal form) and rejected values, as in a JSON body. */
const cases: Record<string, { schema: Schema; takes: [unknown, unknown][]; refuses: unknown[] }> = {
  id: {
    schema: id(),
    takes: [
      ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8057'],
      ['01890A5D-AC96-774B-BCCE-B302099A8057', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ],
    refuses: [
      '01890a5dac96774bbcceb302099a8057',
      '{01890a5d-ac96-774b-bcce-b302099a8057}',
      '01890a5d:ac96:774b:bcce:b302099a8057',
      ' 01890a5d-ac96-774b-bcce-b302099a8057',
      '01890a5d-ac96-774b-bcce-b302099a805g',
      '',
      7,
    ],
  },
  currency: {
    schema: currency(),
    takes: [
      ['EUR', 'EUR'],
      ['huf', 'HUF'],
    ],
    refuses: ['ZZZ', 'XXX', 'XAU', '€€€', 'EURO', 'EU', ''],
  },
  time: {
    schema: time(),
    takes: [
      ['2026-11-26', new Date('2026-11-26T00:00:00.000Z')],
      ['2026-11-26T16:46:23Z', new Date('2026-11-26T16:46:23.000Z')],
      ['2026-11-26t16:46:23.1239z', new Date('2026-11-26T16:46:23.123Z')],
      ['2026-11-26T17:46+01:00', new Date('2026-11-26T16:46:00.000Z')],
      ['2028-02-29', new Date('2028-02-29T00:00:00.000Z')],
      ['9999-12-31T23:59:59.999Z', new Date('9999-12-31T23:59:59.999Z')],
      ['0001-01-01', new Date('0001-01-01T00:00:00.000Z')],
    ],
    refuses: [
      '2026-11-26T16:46:23',
      '2026-11-26T16:46:23 01:00',
      '2026-02-30',
      '2027-02-29',
      '2026-11-26T24:00:00Z',
      '2026-11-26T23:59:60Z',
      '2026-11-26T16:46:23+24:00',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59-01:00',
      '0001-01-01T00:00:00+01:00',
      '+275760-09-13T00:00:00Z',
      '2026-W48',
      '1764175583000',
      1_764_175_583_000,
      'now',
      '',
    ],
  },
  day: { schema: day(), takes: [['2026-11-26', '2026-11-26']], refuses: ['2026-02-30', '2026-11-26T00:00:00Z', '26.11.2026'] },
  month: { schema: month(), takes: [['2026-11', '2026-11']], refuses: ['2026-13', '2026-00', '1969-12', '2026-1', '2026-11-01'] },
  line: {
    schema: line(20),
    takes: [
      ['  a name ', 'a name'],
      ['👨‍👩‍👧', '👨‍👩‍👧'],
      ['🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
      ['می\u200cخواهم', 'می\u200cخواهم'],
    ],
    refuses: [
      '',
      '   ',
      '\u0000',
      '\u200d',
      'a\u0000b',
      'a\nb',
      'a\tb',
      'a\u0085b',
      'a\u2028b',
      'a\u202eb',
      'a\u2066b',
      'a\u200bb',
      'a\u00adb',
      'a\ufeffb',
      'a\u{e0041}b',
      'half \ud83d',
      '\udc4d half',
      'x'.repeat(21),
    ],
  },
  block: {
    schema: block(20).allow(''),
    takes: [
      ['a\r\nb\rc\n\td', 'a\nb\nc\n\td'],
      ['soft\u00adhyphen', 'soft\u00adhyphen'],
      ['', ''],
    ],
    refuses: ['a\u0000b', 'a\u001bb', 'a\u007fb', 'a\u202eb', 'half \ud83d', 'x'.repeat(21)],
  },
  email: {
    schema: email(),
    takes: [
      ['  Alice@Example.com ', 'alice@example.com'],
      ['x@München.example', 'x@xn--mnchen-3ya.example'],
      ['x@xn--mnchen-3ya.example', 'x@xn--mnchen-3ya.example'],
      ['u\u0308@example.com', 'ü@example.com'],
    ],
    refuses: [
      'a\u200b@example.com',
      'a\u202e@example.com',
      'a\u00ad@example.com',
      'a@exa\u200bmple.com\u0000',
      'a b@example.com',
      'a@b',
      '@example.com',
      'a@',
      'a@-x-.example',
      `${'a'.repeat(65)}@example.com`,
      '\ud800@example.com',
    ],
  },
  sku: {
    schema: sku(),
    takes: [
      ['AB-12', 'AB-12'],
      [' 123456 Oaktree ', '123456 Oaktree'],
      ['Gro\u0308ße/42 (neu), A&B: #1+2_3.4', 'Größe/42 (neu), A&B: #1+2_3.4'],
      ['商品-1', '商品-1'],
      ['अ-१', 'अ-१'],
      ['-1', '-1'],
      ['\u00a0A\t\r\n', 'A'],
      ['x'.repeat(64), 'x'.repeat(64)],
      [` ${'x'.repeat(64)} `, 'x'.repeat(64)],
      ['e\u0301'.repeat(64), 'é'.repeat(64)],
      ['\u{20bb7}'.repeat(64), '\u{20bb7}'.repeat(64)],
    ],
    refuses: [
      ...[
        '',
        ' ',
        '\t',
        'a\tb',
        'a\nb',
        'a\u0000b',
        'a\u00a0b',
        'a\u200bb',
        'a\u202eb',
        'a\ufe0fb',
        'a\u034fb',
        '\u3164',
        '\u0301a',
      ],
      ...['a;b', 'a"b', "a'b", 'a\\b', 'a%b', 'a*b', 'a|b', 'a@b', 'a!b', 'a?b', '=1', 'half \ud83d', '😀', 'x'.repeat(65)],
      ...['é'.repeat(65), '\u{20bb7}'.repeat(65), 'x'.repeat(1_001), 7, null],
    ],
  },
  url: {
    schema: url(),
    takes: [['https://florin.example/a.png', 'https://florin.example/a.png']],
    refuses: [
      'javascript:alert(1)',
      'ftp://florin.example',
      '/a.png',
      `https://florin.example/${'a'.repeat(2000)}`,
      'https://a b',
    ],
  },
  token: {
    schema: token(10),
    takes: [['user.enable', 'user.enable'].map((text) => text.slice(0, 10)) as [string, string]],
    refuses: ['è', 'a b', '', 'a\u0000', 'x'.repeat(11)],
  },
  wholeNumber: {
    schema: wholeNumber(),
    takes: [
      [5, 5],
      [-0, 0],
    ],
    refuses: [1.5, null, 2 ** 53, Number.NaN],
  },
};

describe('Kinds of values', () => {
  for (const [kind, { schema, takes, refuses }] of Object.entries(cases)) {
    it(`${kind}: accepts valid values, in one form`, () => {
      for (const [raw, value] of takes) {
        const result = schema.validate(raw, { convert: false });
        expect(result.error, JSON.stringify(raw)).to.equal(undefined);
        expect(result.value, JSON.stringify(raw)).to.deep.equal(value);
      }
    });

    it(`${kind}: reads its own result unchanged`, () => {
      for (const [, value] of takes) expect(schema.validate(value, { convert: false }).value).to.deep.equal(value);
    });

    it(`${kind}: rejects invalid values`, () => {
      for (const raw of refuses) {
        expect(schema.validate(raw, { convert: false }).error, JSON.stringify(raw)).to.be.an('error');
        if (typeof raw === 'string') expect(schema.validate(raw, { convert: true }).error, JSON.stringify(raw)).to.be.an('error');
      }
    });
  }

  it('numbers in a query are digits only', () => {
    for (const raw of ['1e3', '+5', '20.00', ' 5', '0x10', '٥', '1,000', '1_000', '9007199254740993'])
      expect(wholeNumber().validate(raw).error, raw).to.be.an('error');
    expect(wholeNumber().validate('-12').value).to.equal(-12);
  });

  it('the error of a rejected SKU says what is allowed', () => {
    const body = Joi.object({ sku: sku() });
    for (const refused of ['', ' ', '=1', 'a\u00a0b', 'x'.repeat(65), 'x'.repeat(2_000)])
      expect(body.validate({ sku: refused }, { errors: { wrap: { label: false } } }).error?.message).to.equal(
        'sku may have letters, digits, inner spaces and . _ - / + & # ( ) : , (1 to 64 characters)',
      );
  });

  it('a range that ends before it begins is rejected, whatever the order of its ends', () => {
    const range = Joi.object(timeRange('Made'));
    for (const backwards of [
      { from: '2026-11-02', to: '2026-11-01' },
      { to: '2026-11-01', from: '2026-11-02' },
      { from: '2026-11-26T00:00:00+01:00', to: '2026-11-25T22:59:59Z' },
    ])
      expect(range.validate(backwards).error?.message).to.contain('must not be before from');
    expect(range.validate({ from: '2026-11-01', to: '2026-11-01' }).error).to.equal(undefined);
  });

  it('a time is read the same in every time zone', () => {
    const before = process.env['TZ'];
    try {
      for (const zone of ['America/New_York', 'Asia/Kolkata', 'Pacific/Apia']) {
        process.env['TZ'] = zone;
        expect(time().validate('2026-11-26').value).to.deep.equal(new Date(Date.UTC(2026, 10, 26)));
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});
