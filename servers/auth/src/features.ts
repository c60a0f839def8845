import type { ServiceDefinition } from '@florin/service';
import { createAuthContext } from './auth-context.ts';
import { type AuthConfig, readConfig } from './config.ts';
import { credentialsFeature } from './credentials/feature.ts';
import { keysFeature } from './keys/feature.ts';
import { rights } from './rights.ts';
import { sessionsFeature } from './sessions/feature.ts';
import { usersFeature } from './users/feature.ts';

/** The features of auth. Each imports only those before it. */
export const auth: ServiceDefinition<AuthConfig> = {
  name: 'auth',
  readConfig,
  rights,
  features: (parts) => {
    const context = createAuthContext(parts);
    return [keysFeature(context), sessionsFeature(context), credentialsFeature(context), usersFeature(context)];
  },
};
