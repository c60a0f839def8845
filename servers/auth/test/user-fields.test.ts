import { normaliseEmail } from '@florin/values';
import { expect } from 'chai';
import { assert, property, string } from 'fast-check';
import { emailField, newPasswordField } from '../src/credentials/credential-fields.ts';
import { nameField } from '../src/users/name-field.ts';

const validate = (schema: typeof emailField, value: unknown) => schema.validate(value, { convert: false });

describe('emails', () => {
  const spellings: [sent: string, kept: string][] = [
    ['alice@florin.example', 'alice@florin.example'],
    ['Alice@Florin.EXAMPLE', 'alice@florin.example'],
    ['\t alice@florin.example \n', 'alice@florin.example'],
    ['zoe\u0308@florin.example', 'zo\u00eb@florin.example'],
    ['ZOE\u0308@florin.example', 'zo\u00eb@florin.example'],
    ['alice+florin@a.b.example', 'alice+florin@a.b.example'],
  ];
  for (const [sent, kept] of spellings) {
    it(`keeps ${JSON.stringify(sent)} as ${JSON.stringify(kept)}`, () => {
      expect(validate(emailField, sent).value).to.equal(kept);
    });
  }

  for (const bad of ['', ' ', 'alice', '@florin.example', 'alice@', 'alice@florin', 'a b@florin.example', 'a@b@florin.example']) {
    it(`rejects ${JSON.stringify(bad)}`, () => {
      expect(validate(emailField, bad).error).to.be.an('error');
    });
  }

  it('accepts at most 254 characters', () => {
    const email = (length: number) =>
      `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(length - 244)}`;
    expect(email(254)).to.have.length(254);
    expect(validate(emailField, email(254)).error).to.equal(undefined);
    expect(validate(emailField, email(255)).error).to.be.an('error');
  });

  it('has one normal form: normalising again changes nothing', () => {
    const normalAgain = (text: string): boolean => {
      const normal = normaliseEmail(text);
      return normal === undefined || normaliseEmail(normal) === normal;
    };
    assert(property(string({ unit: 'binary' }), (text) => normalAgain(text) && normalAgain(`a@${text}.example`)));
  });
});

describe('names', () => {
  it('are stored without surrounding blanks, composed', () => {
    expect(validate(nameField, '  Zoe\u0308 ').value).to.equal('Zo\u00eb');
  });

  it('have 1 to 100 characters', () => {
    expect(validate(nameField, 'x'.repeat(100)).error).to.equal(undefined);
    for (const bad of ['', '  ', 'x'.repeat(101)]) expect(validate(nameField, bad).error).to.be.an('error');
  });
});

describe('new passwords', () => {
  for (const good of ['correct horse battery', 'buyer-in-development', '\u{1f40e}\u{1f50b}\u{1f40e}\u{1f50b}', ' 7 blanks ']) {
    it(`may be ${good}: there are no composition rules`, () => {
      expect(validate(newPasswordField, good)).to.deep.equal({ value: good });
    });
  }
});
