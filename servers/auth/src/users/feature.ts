import type { Feature } from '@florin/service';
import type { AuthContext } from '../auth-context.ts';
import { userAdminRoutes } from './admin-routes.ts';
import { createFirstAdmin } from './create-first-admin.ts';
import { userRoutes } from './routes.ts';
import { signUpRoute } from './sign-up-route.ts';

export function usersFeature(context: AuthContext): Feature {
  const { firstAdmin, sessionTtlS } = context.config;
  return {
    name: 'users',
    description: 'Sign-up, your account, and the administration of accounts',
    endpoints: [signUpRoute({ ...context, sessionTtlS }), ...userRoutes(context), ...userAdminRoutes(context)],
    prepare: async () => {
      if (firstAdmin !== undefined) await createFirstAdmin(context, firstAdmin);
    },
  };
}
