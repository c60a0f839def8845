import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply, Request } from './call.ts';
import { signIn } from './staff.ts';
import type { Tokens } from './tokens.ts';

type Options = {
  call: Call;
  random: Random;
  tokens: Tokens;
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

type Guest = { userId: string; email: string; token: string; refreshToken: string };

const PASSWORD = 'correct horse battery';
const TOKEN_LIFE_MS = 600_000;

/** Accounts that come to be shut out again, in one way or another, one after the other until told to stop. */
export async function runGuests(options: Options): Promise<void> {
  const { random, everyMs, signal } = options;
  const asAdmin = createAdmin(options);
  while (!signal.aborted) {
    await sleep(everyMs * 2 * random.next());
    if (signal.aborted) return;
    const guest = await signUpGuest(options);
    if (guest === undefined) continue;
    await lookAround(options, guest.token);
    const act = random.pick([signOut, changeRoles, disableAndEnable]);
    await act({ ...options, asAdmin }, guest);
  }
}

type Acting = Options & { asAdmin: Admin };

async function signOut(options: Acting, guest: Guest): Promise<void> {
  const { call, random, tokens, onOperation } = options;
  const other = await signInAs(options, guest);
  tokens.ending(guest.token);
  const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signout', token: guest.token }, random);
  onOperation('sign out');
  if (reply === undefined) return;
  // The first try may have done it, although its answer was lost.
  if (reply.status === 204 || (reply.status === 401 && reply.lost > 0)) tokens.ended(guest.token, 'sign-out');
  else lie(tokens, 'one can sign out', guest, reply);
  if (other !== undefined) await keep(options, other.token);
}

async function changeRoles(options: Acting, guest: Guest): Promise<void> {
  const { call, random, tokens, asAdmin, onOperation } = options;
  tokens.ending(guest.token);
  const body = { roles: ['buyer', 'staff'] };
  const reply = await asAdmin({ method: 'PUT', path: `/v1/users/${guest.userId}/roles`, body });
  onOperation('change roles');
  if (reply === undefined) return;
  if (reply.status !== 200) return lie(tokens, 'an admin can change roles', guest, reply);
  tokens.ended(guest.token, 'role change');
  tokens.adminDid({ action: 'user.set-roles', subject: guest.userId });
  const refreshed = await call(
    { service: 'auth', method: 'POST', path: '/v1/auth/refresh', body: { refreshToken: guest.refreshToken } },
    random,
  );
  if (refreshed === undefined) return;
  if (refreshed.status === 200) await keep(options, guestOf(refreshed, guest.email).token);
  // A refresh that is tried again after its answer was lost may rightly be taken for a stolen one.
  else if (refreshed.lost === 0) lie(tokens, 'a refresh goes on after a role change', guest, refreshed);
}

async function disableAndEnable(options: Acting, guest: Guest): Promise<void> {
  const { call, random, tokens, asAdmin, onOperation } = options;
  tokens.ending(guest.token);
  const disabled = await asAdmin({ method: 'POST', path: `/v1/users/${guest.userId}/disable` });
  onOperation('disable');
  if (disabled === undefined) return;
  if (disabled.status !== 200) return lie(tokens, 'an admin can disable', guest, disabled);
  tokens.ended(guest.token, 'disable');
  tokens.adminDid({ action: 'user.disable', subject: guest.userId });
  const refused = await call(signInRequest(guest.email), random);
  if (refused?.status === 200) lie(tokens, 'who is disabled cannot sign in', guest, refused);
  const enabled = await asAdmin({ method: 'POST', path: `/v1/users/${guest.userId}/enable` });
  onOperation('enable');
  if (enabled?.status !== 200) return enabled && lie(tokens, 'an admin can enable', guest, enabled);
  tokens.adminDid({ action: 'user.enable', subject: guest.userId });
  const back = await signInAs(options, guest);
  if (back !== undefined) await keep(options, back.token);
}

/** Each service is asked by it, so that it is one that instances remember. A refusal is noticed by who sees all answers. */
async function lookAround({ call, random }: Options, token: string): Promise<void> {
  await call({ service: 'product', method: 'GET', path: '/v1/purchases?limit=1', token }, random);
  await call({ service: 'payment', method: 'GET', path: '/v1/payments?limit=1', token }, random);
}

async function keep(options: Options, token: string): Promise<void> {
  options.tokens.kept(token);
  await lookAround(options, token);
}

async function signUpGuest(options: Options): Promise<Guest | undefined> {
  const { call, random, tokens, onOperation } = options;
  const email = `guest-${Math.floor(random.next() * 2 ** 52).toString(36)}@florin.example`;
  const body = { email, password: PASSWORD, name: 'bob' };
  const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signup', body }, random);
  onOperation('sign up');
  if (reply?.status === 201) return guestOf(reply, email);
  if (reply?.status === 409 && reply.lost > 0) return signInAs(options, { email });
  if (reply !== undefined) lie(tokens, 'a new address can be signed up', { email }, reply);
  return undefined;
}

async function signInAs({ call, random, tokens }: Options, { email }: Pick<Guest, 'email'>): Promise<Guest | undefined> {
  const reply = await call(signInRequest(email), random);
  if (reply?.status === 200) return guestOf(reply, email);
  if (reply !== undefined) lie(tokens, 'who has an account can sign in', { email }, reply);
  return undefined;
}

function signInRequest(email: string): Request {
  return { service: 'auth', method: 'POST', path: '/v1/auth/signin', body: { email, password: PASSWORD } };
}

function guestOf({ body }: Reply, email: string): Guest {
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

function lie(tokens: Tokens, check: string, { email }: Pick<Guest, 'email'>, { status, body }: Reply): void {
  tokens.lies.push({ check, subject: email, detail: `it was answered ${status}: ${JSON.stringify(body)}` });
}
