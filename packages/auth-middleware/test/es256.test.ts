import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { createTokenVerifier, type Jwk, type TokenVerifier } from '../src/index.ts';
import { alice, audience, goodClaims, issuer, jwkOf, makeKey } from './issuer.ts';

type Pair = { kid: string; privateKey: KeyObject; publicKey: KeyObject };

const ecKey = (namedCurve = 'P-256'): Pair => ({ kid: randomUUID(), ...generateKeyPairSync('ec', { namedCurve }) });
const jwkOfEc = ({ kid, publicKey }: Pair, changes: object = {}): Jwk =>
  ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256', ...changes }) as Jwk;
const signed = ({ privateKey }: Pick<Pair, 'privateKey'>, kid: string, algorithm: jwt.Algorithm): string =>
  jwt.sign(JSON.stringify(goodClaims()), privateKey, { algorithm, header: { alg: algorithm, typ: 'JWT', kid } });

describe('tokens signed with ES256', () => {
  const rsa = makeKey();
  const ec = ecKey();
  const other = ecKey();
  const wrongCurve = ecKey('P-384');
  const encrypting = ecKey();
  let verifier: TokenVerifier;

  before(async () => {
    const keys = [jwkOf(rsa) as Jwk, jwkOfEc(ec), jwkOfEc(wrongCurve), jwkOfEc(encrypting, { use: 'enc' })];
    verifier = createTokenVerifier({ fetchKeys: async () => keys, issuer, audience, refreshMs: 60_000 });
    await verifier.start();
  });
  after(() => verifier.stop());

  it('are accepted beside those signed with RS256', async () => {
    for (const token of [signed(ec, ec.kid, 'ES256'), signed(rsa, rsa.kid, 'RS256')])
      expect((await verifier.verify(token)).id).to.equal(alice.id);
  });

  const bad: Record<string, () => string> = {
    'signed with another key': () => signed(other, ec.kid, 'ES256'),
    'that name an RSA key': () => signed(ec, rsa.kid, 'ES256'),
    'signed with RS256 that name an EC key': () => signed(rsa, ec.kid, 'RS256'),
    'of another curve': () => signed(wrongCurve, wrongCurve.kid, 'ES384'),
    'of a key for encryption': () => signed(encrypting, encrypting.kid, 'ES256'),
    'without a signature': () => signed(ec, ec.kid, 'ES256').replace(/[^.]+$/, ''),
  };
  for (const [name, token] of Object.entries(bad)) {
    it(`are rejected ${name}`, async () => {
      expect(await verifier.verify(token()).catch((error: { code: string }) => error.code)).to.equal('UNAUTHENTICATED');
    });
  }
});
