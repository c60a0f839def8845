import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { credentialRoutes } from './routes.ts';

export function credentialsFeature({ config, ...context }: AuthContext): Feature {
  const { sessionTtlS, sessionIdleS, maxSessions } = config;
  return {
    name: 'credentials',
    description: 'Sign-in and refresh of tokens',
    endpoints: credentialRoutes({ ...context, sessionTtlS, sessionIdleS, maxSessions }),
  };
}
