import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { endSessionRoutes } from './end-session-routes.ts';
import { credentialRoutes } from './routes.ts';

export function credentialsFeature({ config, ...context }: AuthContext): Feature {
  const { sessionTtlS, sessionIdleS, maxSessions, reauthenticateAfterS } = config;
  const parts = { ...context, sessionTtlS, sessionIdleS, maxSessions, reauthenticateAfterS };
  return {
    name: 'credentials',
    description: 'Sign-in and refresh of tokens',
    endpoints: [...credentialRoutes(parts), ...endSessionRoutes(parts)],
  };
}
