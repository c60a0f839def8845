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

type Algorithm = 'RS256' | 'ES256';

/** Replaces auth in the tests of other services: its own key pair, served as JWKS over real HTTP. */
export async function startTestIssuer({ alg = 'RS256' }: { alg?: Algorithm } = {}): Promise<TestIssuer> {
  const { privateKey, publicKey } =
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = newId();
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }] });
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const identity = { issuer: 'florin-auth', audience: 'florin' };
  return {
    ...identity,
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`,
    tokenFor: (bearer) => sign(bearer, { privateKey, kid, alg, ...identity }),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

type Signer = { privateKey: KeyObject; kid: string; alg: Algorithm; issuer: string; audience: string };

function sign(
  { id, roles = ['buyer'], sid = newId(), expiresInS = 900 }: Bearer,
  { privateKey, kid, alg, issuer, audience }: Signer,
): string {
  const issuedAtMs = Date.now();
  const options = {
    algorithm: alg,
    keyid: kid,
    issuer,
    audience,
    subject: id,
    expiresIn: expiresInS,
    jwtid: newId(),
  } as const;
  return jwt.sign({ roles, sid, iat: Math.floor(issuedAtMs / 1000), iat_ms: issuedAtMs }, privateKey, options);
}
