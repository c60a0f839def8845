import type { Endpoint } from '@florin/http';
import { createTestDatabase, fuzzEndpoint, type TestDatabase } from '@florin/testing';
import { migrations } from '../migrations/index.ts';
import {
  authConfig,
  type RunningAuth,
  type SignedIn,
  sessionOf,
  signInAdmin,
  signUp,
  startInstance,
  stopAll,
} from './start-auth.ts';

/** Endpoints that end the requesting session. */
const endsSession = ({ method, path }: Endpoint): boolean =>
  path === '/v1/auth/signout' || (path.startsWith('/v1/users/me') && method !== 'get' && method !== 'patch');

describe('Any request to auth', () => {
  let database: TestDatabase;
  let auth: RunningAuth;
  let alice: SignedIn;
  let users: string[];
  let sessions: string[];

  before(async () => {
    database = await createTestDatabase(migrations);
    auth = await startInstance(database, authConfig(database));
    alice = await signUp(auth);
    const [bob, carol] = [await signUp(auth), await signUp(auth)];
    users = [bob.user.id, carol.user.id];
    sessions = [sessionOf(bob), sessionOf(alice)];
  });
  after(async () => {
    await stopAll();
    await database.drop();
  });

  it('is answered, and rejected if it is not allowed', async () => {
    const admin = await signInAdmin(auth);
    const tokenFor = async (endpoint: Endpoint): Promise<string | undefined> => {
      if (endpoint.access === 'anyone') return undefined;
      if (endpoint.access !== 'user') return admin.accessToken;
      return (endsSession(endpoint) ? await signUp(auth) : alice).accessToken;
    };
    const known = ({ path }: Endpoint): string[] => (path.includes('/sessions/') ? sessions : users);
    for (const endpoint of auth.endpoints) await fuzzEndpoint(endpoint, { baseUrl: auth.url, known, tokenFor });
  }).timeout(600_000);
});
