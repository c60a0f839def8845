import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply, Request } from './create-call.ts';
import { signIn } from './staff.ts';
import type { TokenHistory } from './token-history.ts';

type Options = {
  call: Call;
  random: Random;
  history: TokenHistory;
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

type User = { userId: string; email: string; token: string; refreshToken: string };

const PASSWORD = 'correct horse battery';
const TOKEN_LIFE_MS = 600_000;

/** Creates accounts until the signal aborts, and ends the sessions of each: by sign-out, role change or disabling. */
export async function runSessionClient(options: Options): Promise<void> {
  const { random, everyMs, signal } = options;
  const asAdmin = createAdmin(options);
  while (!signal.aborted) {
    await sleep(everyMs * 2 * random.next());
    if (signal.aborted) return;
    const user = await signUpUser(options);
    if (user === undefined) continue;
    await lookAround(options, user.token);
    const act = random.pick([signOut, changeRoles, disableAndEnable]);
    await act({ ...options, asAdmin }, user);
  }
}

type Acting = Options & { asAdmin: Admin };

async function signOut(options: Acting, user: User): Promise<void> {
  const { call, random, history, onOperation } = options;
  const other = await signInAs(options, user);
  history.ending(user.token);
  const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signout', token: user.token }, random);
  onOperation('sign out');
  if (reply === undefined) return;
  // A first attempt whose answer was lost may have signed the user out.
  if (reply.status === 204 || (reply.status === 401 && reply.lost > 0)) history.ended(user.token, 'sign-out');
  else reportViolation(history, 'sign-out is answered 204', user, reply);
  if (other !== undefined) await keep(options, other.token);
}

async function changeRoles(options: Acting, user: User): Promise<void> {
  const { call, random, history, asAdmin, onOperation } = options;
  history.ending(user.token);
  const body = { roles: ['buyer', 'staff'] };
  const reply = await asAdmin({ method: 'PUT', path: `/v1/users/${user.userId}/roles`, body });
  onOperation('change roles');
  if (reply === undefined) return;
  if (reply.status !== 200) return reportViolation(history, 'a role change is answered 200', user, reply);
  history.ended(user.token, 'role change');
  history.adminDid({ action: 'user.set-roles', subject: user.userId });
  const refreshed = await call(
    { service: 'auth', method: 'POST', path: '/v1/auth/refresh', body: { refreshToken: user.refreshToken } },
    random,
  );
  if (refreshed === undefined) return;
  if (refreshed.status === 200) await keep(options, userOf(refreshed, user.email).token);
  // A refresh that is repeated after a lost answer may count as token reuse.
  else if (refreshed.lost === 0) reportViolation(history, 'a refresh after a role change is answered 200', user, refreshed);
}

async function disableAndEnable(options: Acting, user: User): Promise<void> {
  const { call, random, history, asAdmin, onOperation } = options;
  history.ending(user.token);
  const disabled = await asAdmin({ method: 'POST', path: `/v1/users/${user.userId}/disable` });
  onOperation('disable');
  if (disabled === undefined) return;
  if (disabled.status !== 200) return reportViolation(history, 'disabling a user is answered 200', user, disabled);
  history.ended(user.token, 'disable');
  history.adminDid({ action: 'user.disable', subject: user.userId });
  const signedIn = await call(signInRequest(user.email), random);
  if (signedIn?.status === 200) reportViolation(history, 'a disabled user cannot sign in', user, signedIn);
  const enabled = await asAdmin({ method: 'POST', path: `/v1/users/${user.userId}/enable` });
  onOperation('enable');
  if (enabled?.status !== 200) return enabled && reportViolation(history, 'enabling a user is answered 200', user, enabled);
  history.adminDid({ action: 'user.enable', subject: user.userId });
  const back = await signInAs(options, user);
  if (back !== undefined) await keep(options, back.token);
}

/** Shows the token to each service, so that instances cache it. `sawAnswer` of the history notices a rejection. */
async function lookAround({ call, random }: Options, token: string): Promise<void> {
  await call({ service: 'product', method: 'GET', path: '/v1/purchases?limit=1', token }, random);
  await call({ service: 'payment', method: 'GET', path: '/v1/payments?limit=1', token }, random);
}

async function keep(options: Options, token: string): Promise<void> {
  options.history.kept(token);
  await lookAround(options, token);
}

async function signUpUser(options: Options): Promise<User | undefined> {
  const { call, random, history, onOperation } = options;
  const email = `user-${Math.floor(random.next() * 2 ** 52).toString(36)}@florin.example`;
  const body = { email, password: PASSWORD, name: 'bob' };
  const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signup', body }, random);
  onOperation('sign up');
  if (reply?.status === 201) return userOf(reply, email);
  if (reply?.status === 409 && reply.lost > 0) return signInAs(options, { email });
  if (reply !== undefined) reportViolation(history, 'sign-up with a new email is answered 201', { email }, reply);
  return undefined;
}

async function signInAs({ call, random, history }: Options, { email }: Pick<User, 'email'>): Promise<User | undefined> {
  const reply = await call(signInRequest(email), random);
  if (reply?.status === 200) return userOf(reply, email);
  if (reply !== undefined) reportViolation(history, 'a user can sign in', { email }, reply);
  return undefined;
}

function signInRequest(email: string): Request {
  return { service: 'auth', method: 'POST', path: '/v1/auth/signin', body: { email, password: PASSWORD } };
}

function userOf({ body }: Reply, email: string): User {
  const { data } = body as { data: { user: { id: string }; accessToken: string; refreshToken: string } };
  return { userId: data.user.id, email, token: data.accessToken, refreshToken: data.refreshToken };
}

type Admin = (request: Pick<Request, 'method' | 'path' | 'body'>) => Promise<Reply | undefined>;

function createAdmin({ call, random }: Options): Admin {
  let token: Promise<string> | undefined;
  let signedInAt = 0;
  return async (request) => {
    if (token === undefined || Date.now() - signedInAt > TOKEN_LIFE_MS) {
      token = signIn(call, random, demoAccounts.admin);
      signedInAt = Date.now();
    }
    return call({ service: 'auth', token: await token, ...request }, random);
  };
}

function reportViolation(history: TokenHistory, check: string, { email }: Pick<User, 'email'>, { status, body }: Reply): void {
  history.violations.push({ check, subject: email, detail: `answered ${status}: ${JSON.stringify(body)}` });
}
