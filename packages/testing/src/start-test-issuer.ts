import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@florin/database';
import jwt from 'jsonwebtoken';

type Bearer = { id: string; roles?: readonly string[]; sid?: string; expiresInS?: number };

export type TestIssuer = {
  jwksUrl: string;
  issuer: string;
  audience: string;
  tokenFor(bearer: Bearer): string;
  stop(): Promise<void>;
};

/** Replaces auth in the tests of other services: its own key pair, served as JWKS over real HTTP. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = newId();
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] });
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const identity = { issuer: 'florin-auth', audience: 'florin' };
  return {
    ...identity,
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`,
    tokenFor: (bearer) => sign(bearer, { privateKey, kid, ...identity }),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

type Signer = { privateKey: KeyObject; kid: string; issuer: string; audience: string };

function sign(
  { id, roles = ['buyer'], sid = newId(), expiresInS = 900 }: Bearer,
  { privateKey, kid, issuer, audience }: Signer,
): string {
  const issuedAtMs = Date.now();
  const options = {
    algorithm: 'RS256',
    keyid: kid,
    issuer,
    audience,
    subject: id,
    expiresIn: expiresInS,
    jwtid: newId(),
  } as const;
  return jwt.sign({ roles, sid, iat: Math.floor(issuedAtMs / 1000), iat_ms: issuedAtMs }, privateKey, options);
}
