import { createPeriodicJob, type PeriodicJob } from '@florin/runtime';
import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { userAdminRoutes } from './admin-routes.ts';
import { createFirstAdmin } from './create-first-admin.ts';
import { publishIfFewWait } from './publish-contacts.ts';
import { userRoutes } from './routes.ts';
import { signUpRoute } from './sign-up-route.ts';

/** Milliseconds between two searches for contacts to publish. */
const PUBLISH_EVERY_MS = 1_000;

export function usersFeature(context: AuthContext): Feature {
  const { firstAdmin, sessionTtlS, isShopOn } = context.config;
  return {
    name: 'users',
    description: 'Sign-up, your account, and the administration of accounts',
    endpoints: [signUpRoute({ ...context, sessionTtlS }), ...userRoutes(context), ...userAdminRoutes(context)],
    jobs: isShopOn ? [createContactJob(context)] : [],
    prepare: async () => {
      if (firstAdmin !== undefined) await createFirstAdmin(context, firstAdmin);
    },
  };
}

function createContactJob({ db, transact, logger, metrics }: AuthContext): PeriodicJob {
  return createPeriodicJob({
    job: 'publish-contacts',
    name: 'publish the contacts of users',
    everyMs: PUBLISH_EVERY_MS,
    logger,
    metrics,
    run: () => publishIfFewWait({ db, transact }),
  });
}
