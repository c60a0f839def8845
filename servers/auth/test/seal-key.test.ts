import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { sealKey, unsealKey } from '../src/keys/seal-key.ts';

describe('a sealed private key', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const encryptionKey = randomBytes(32);
  const sealed = sealKey(privateKey, { kid: 'one', encryptionKey });

  it('opens with the key that sealed it', () => {
    expect(unsealKey(sealed, { kid: 'one', encryptionKey }).equals(privateKey)).to.equal(true);
  });

  it('is sealed differently each time', () => {
    expect(sealKey(privateKey, { kid: 'one', encryptionKey }).equals(sealed)).to.equal(false);
  });

  const changed = (at: number) => {
    const copy = Buffer.from(sealed);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const attempts: Record<string, () => unknown> = {
    'another encryption key': () => unsealKey(sealed, { kid: 'one', encryptionKey: randomBytes(32) }),
    'the name of another key': () => unsealKey(sealed, { kid: 'two', encryptionKey }),
    'another nonce': () => unsealKey(changed(0), { kid: 'one', encryptionKey }),
    'another tag': () => unsealKey(changed(12), { kid: 'one', encryptionKey }),
    'other content': () => unsealKey(changed(sealed.length - 1), { kid: 'one', encryptionKey }),
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    it(`does not open with ${name}`, () => {
      expect(attempt).to.throw('AUTH_KEY_ENCRYPTION_KEY');
    });
  }
});
