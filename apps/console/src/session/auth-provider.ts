import { FlorinProblem } from '@florin/client';
import type { AuthProvider } from 'react-admin';
import type { ConsoleSession } from './console-session.ts';

/**
 * Tells react-admin who is signed in. An answer of 401 signs nobody out: the page stays, and a dialog asks for the password again,
 * so that forms keep their values.
 */
export function createAuthProvider(session: ConsoleSession): AuthProvider {
  return {
    async login(credentials: { email: string; password: string }) {
      await session.signIn(credentials);
    },
    async logout() {
      if (session.state().user !== undefined) await session.signOut();
    },
    async checkAuth() {
      const state = session.state();
      const { user } = state.status === 'starting' ? await session.start() : state;
      if (user === undefined) throw new Error('Nobody is signed in');
    },
    async checkError(error: unknown) {
      if (error instanceof FlorinProblem && error.status === 403) await session.readUser();
    },
    getPermissions: () => Promise.resolve(session.state().user?.roles ?? []),
    getIdentity() {
      const { user } = session.state();
      return user ? Promise.resolve({ id: user.id, fullName: user.name ?? user.email }) : Promise.reject(new Error('Nobody'));
    },
  };
}
