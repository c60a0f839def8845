import { type Endpoint, endpoint } from '@florin/http';
import type { SigningKeys } from './signing-keys.ts';

export function keyRoutes({ signingKeys, maxAgeS }: { signingKeys: SigningKeys; maxAgeS: number }): Endpoint[] {
  const getKeys = endpoint({
    method: 'get',
    path: '/.well-known/jwks.json',
    summary: 'The public keys that verify access tokens (RFC 7517)',
    access: 'anyone',
    cacheControl: `public, max-age=${maxAgeS}`,
    answers: { 200: { description: 'A JWK Set, without the envelope of other answers' } },
    handle: async () => ({
      status: 200,
      body: { keys: await signingKeys.published() },
    }),
  });
  return [getKeys];
}
