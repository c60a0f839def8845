import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { isCurrentToken } from './is-current-token.ts';
import { sessionRoutes } from './routes.ts';
import { createSessionPruning } from './session-pruning.ts';

export function sessionsFeature({ config, db, transact, logger, metrics, clocks, refreshCookie }: AuthContext): Feature {
  return {
    name: 'sessions',
    description: 'Sign-out, and the sessions of a user',
    endpoints: sessionRoutes({
      db,
      transact,
      logger,
      metrics,
      refreshCookie,
      accessTokenTtlS: config.accessTokenTtlS,
      idleS: config.sessionIdleS,
    }),
    isCurrentToken: (token) => isCurrentToken(db, token),
    jobs: [createSessionPruning({ db, logger, metrics, clocks }, config.sessionPruning)],
  };
}
