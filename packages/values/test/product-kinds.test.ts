import { expect } from 'chai';
import fc from 'fast-check';
import { barcode, line, pairs, percent, slug, slugOf } from '../src/index.ts';

describe('barcode', () => {
  for (const good of ['96385074', '036000291452', '4006381333931', '10012345678902', '00000000'])
    it(`accepts ${good}`, () => expect(barcode().validate(good)).to.deep.equal({ value: good }));

  for (const bad of [
    '96385075',
    '4006381333932',
    '9638507',
    '40063813339',
    '400638133393100',
    ' 96385074',
    '9638507x',
    '９６３８５０７４',
    '',
  ])
    it(`rejects ${JSON.stringify(bad)}`, () => expect(barcode().validate(bad).error).to.be.instanceOf(Error));

  it('names the right check digit', () => {
    expect(barcode().label('barcode').validate('4006381333932').error?.message).to.equal(
      '"barcode" has a wrong check digit: the last digit must be 1',
    );
  });

  it('rejects every other check digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (digits) => {
        const accepted = Array.from({ length: 10 }, (_, digit) => `${digits}${digit}`).filter(
          (code) => barcode().validate(code).error === undefined,
        );
        expect(accepted).to.have.length(1);
      }),
    );
  });
});

describe('percent', () => {
  for (const good of [0, 7.7, 19, 8.25, 100, 0.01, 33.33])
    it(`accepts ${good}`, () => expect(percent().validate(good)).to.deep.equal({ value: good }));
  it('reads text as a number', () => expect(percent().validate('7.70')).to.deep.equal({ value: 7.7 }));
  for (const bad of [-1, 100.01, 7.777, '1e1', '+7', ' 7', '7,7', ''])
    it(`rejects ${JSON.stringify(bad)}`, () => expect(percent().validate(bad).error).to.be.instanceOf(Error));
});

describe('slug', () => {
  for (const [name, expected] of [
    ['Cast-iron skillet, 26 cm', 'cast-iron-skillet-26-cm'],
    ['  Crème brûlée!  ', 'creme-brulee'],
    ['Straße №5', 'straße-no5'],
    ['緑茶のポット 2', '緑茶のポット-2'],
    ['ポット', 'ポット'],
    ['İstanbul', 'istanbul'],
    ['★', ''],
  ] as const)
    it(`of ${JSON.stringify(name)} is ${JSON.stringify(expected)}`, () => expect(slugOf(name)).to.equal(expected));

  it('that is made from a name is valid, within its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (name, maxLength) => {
        const made = slugOf(name, { maxLength });
        expect(made.length).to.be.at.most(maxLength);
        if (made !== '') expect(slug().validate(made)).to.deep.equal({ value: made });
      }),
    );
  });

  for (const bad of ['', '-a', 'a-', 'a--b', 'A', 'a b', 'a/b', 'a_b', 'x'.repeat(101)])
    it(`rejects ${JSON.stringify(bad.slice(0, 10))}`, () => expect(slug().validate(bad).error).to.be.instanceOf(Error));
});

describe('pairs', () => {
  let checks = 0;
  const value = line(5).custom((text: string) => {
    checks++;
    return text;
  });
  const few = pairs(2, { name: line(5), value });

  it('have texts with normalised names', () => {
    expect(few.validate({ ' a ': ' x ', b: 'y' })).to.deep.equal({ value: { a: 'x', b: 'y' } });
  });

  it('are counted before they are checked', () => {
    checks = 0;
    const { error } = few.validate(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`a${index}`, 'x'])));
    expect(error?.message).to.equal('"value" must have less than or equal to 2 keys');
    expect(checks).to.equal(0);
  });

  for (const bad of [
    { a: 1 },
    { a: '' },
    { '': 'x' },
    { abcdef: 'x' },
    { a: 'abcdef' },
    { a: 'x', ' a': 'y' },
    { a: { b: 'c' } },
    [],
    'a',
    null,
  ])
    it(`reject ${JSON.stringify(bad)}`, () => expect(few.validate(bad).error).to.be.instanceOf(Error));
});
