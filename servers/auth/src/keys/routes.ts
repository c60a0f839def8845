import { type Endpoint, endpoint } from '@florin/http';
import { named } from '@florin/values';
import Joi from 'joi';
import type { SigningKeys } from './signing-keys.ts';

const base64url = Joi.string().pattern(/^[\w-]+$/);

const jwkSchema = named(
  'Jwk',
  Joi.object({
    kty: Joi.string().required().description('RSA or EC'),
    kid: Joi.string().required().description('Named by the header of a token'),
    use: Joi.string().required().description('sig'),
    alg: Joi.string().required().description('RS256 or ES256'),
    n: base64url.description('RSA: the modulus'),
    e: base64url.description('RSA: the exponent'),
    crv: Joi.string().description('EC: the curve'),
    x: base64url.description('EC: the x coordinate'),
    y: base64url.description('EC: the y coordinate'),
  }),
);

const jwksSchema = named('Jwks', Joi.object({ keys: Joi.array().items(jwkSchema).required() }));

export function keyRoutes({ signingKeys, maxAgeS }: { signingKeys: SigningKeys; maxAgeS: number }): Endpoint[] {
  const getKeys = endpoint({
    operationId: 'getJwks',
    method: 'get',
    path: '/.well-known/jwks.json',
    summary: 'The public keys that verify access tokens (RFC 7517)',
    access: 'anyone',
    cacheControl: `public, max-age=${maxAgeS}`,
    answers: { 200: { description: 'A JWK Set, without the envelope of other answers', data: jwksSchema, isBare: true } },
    handle: async () => ({
      status: 200,
      body: { keys: await signingKeys.published() },
    }),
  });
  return [getKeys];
}
