import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { newId } from '@florin/database';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { startTestIssuer } from '../src/index.ts';

describe('startTestIssuer', () => {
  for (const alg of ['RS256', 'ES256'] as const) {
    it(`signs tokens that its published keys verify, with ${alg}`, async () => {
      const issuer = await startTestIssuer({ alg });
      try {
        const { keys } = (await (await fetch(issuer.jwksUrl)).json()) as { keys: (JsonWebKey & { kid: string })[] };
        const alice = newId();
        const token = issuer.tokenFor({ id: alice, roles: ['staff'] });
        const [key] = keys as [JsonWebKey & { kid: string }];
        expect(jwt.decode(token, { complete: true })?.header).to.include({ alg, kid: key.kid });
        const { issuer: iss, audience } = issuer;
        const claims = jwt.verify(token, createPublicKey({ key, format: 'jwk' }), { issuer: iss, audience, algorithms: [alg] });
        expect(claims).to.deep.include({ sub: alice, roles: ['staff'] });
        const { iat = 0, exp = 0, iat_ms: issuedAtMs } = claims as jwt.JwtPayload & { iat_ms: number };
        expect({ iat, exp }).to.deep.equal({ iat: Math.floor(issuedAtMs / 1000), exp: iat + 900 });
      } finally {
        await issuer.stop();
      }
    });
  }
});
