import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

export const issuer = 'florin-auth';
export const audience = 'florin';
export const alice = { id: '018f4e1e-9c3a-7000-8000-00000000a11c', sessionId: '018f4e1e-9c3a-7000-8000-000000005e55' };

export type SigningKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject };

export function makeKey(kid: string = randomUUID(), modulusLength = 2_048): SigningKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength }) };
}

export function jwkOf({ kid, publicKey }: SigningKey): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

export function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

export function goodClaims(): Record<string, unknown> {
  return {
    sub: alice.id,
    sid: alice.sessionId,
    roles: ['buyer'],
    jti: randomUUID(),
    iss: issuer,
    aud: audience,
    iat: secondsFromNow(0),
    exp: secondsFromNow(900),
  };
}

/** Returns a valid token with the given claims and header members; undefined removes one. */
export function tokenBy(key: SigningKey, claims: Record<string, unknown> = {}, header: object = {}): string {
  const payload = Object.fromEntries(Object.entries({ ...goodClaims(), ...claims }).filter(([, value]) => value !== undefined));
  return jwt.sign(JSON.stringify(payload), key.privateKey, {
    algorithm: 'RS256',
    header: { alg: 'RS256', typ: 'JWT', kid: key.kid, ...header },
  });
}

export type JwksServer = { url: string; port: number; asked: number; keys: object[]; stop(): Promise<void> };

/** Publishes `keys` as auth does, or answers by `listener`, and counts the requests. */
export async function startJwksServer(keys: object[], options: { port?: number; listener?: RequestListener } = {}) {
  const answer: RequestListener = (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: state.keys }));
  };
  const server = createServer((request, response) => {
    state.asked++;
    (options.listener ?? answer)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state: JwksServer = {
    url: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    port,
    asked: 0,
    keys,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}
