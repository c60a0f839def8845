import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { keyRoutes } from './routes.ts';

/** The keys that sign access tokens. Auth verifies tokens with its own copy, without a request to itself. */
export function keysFeature({ config, signingKeys }: AuthContext): Feature {
  return {
    name: 'keys',
    description: 'The public keys that verify access tokens',
    endpoints: keyRoutes({ signingKeys, maxAgeS: config.jwt.jwksRefreshS }),
    jobs: [{ stop: signingKeys.stop }],
    prepare: signingKeys.start,
    tokenKeys: signingKeys.published,
  };
}
