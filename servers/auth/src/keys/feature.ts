import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { keyRoutes } from './routes.ts';

/** The keys that access tokens are signed with. Auth verifies with its own, without asking itself over HTTP. */
export function keysFeature({ config, signingKeys }: AuthContext): Feature {
  return {
    name: 'keys',
    endpoints: keyRoutes({ signingKeys, maxAgeS: config.jwt.jwksRefreshS }),
    jobs: [{ stop: signingKeys.stop }],
    prepare: signingKeys.start,
    tokenKeys: signingKeys.published,
  };
}
