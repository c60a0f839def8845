import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { browserStorage, type ClientOptions, FlorinNetworkError, FlorinProblem } from '../src/index.ts';
import { alice, clientOf, credentials, type Played, problem, type Received, signedIn } from './played-server.ts';

const unauthenticated = problem(401, 'UNAUTHENTICATED');
const wallet: Played = { body: { data: { balanceMinor: 5 } } };

/** Accepts the newest access token until it is revoked, and each refresh token once. */
function rotatingServer() {
  let n = 0;
  let isRevoked = false;
  const issue = (): Played => {
    isRevoked = false;
    return signedIn(++n);
  };
  const server = ({ path, headers, body }: Received): Played => {
    if (path.startsWith('/v1/auth/sign')) return issue();
    if (path === '/v1/auth/refresh') return body.includes(`"refresh-${n}"`) ? issue() : unauthenticated;
    return !isRevoked && headers.get('authorization') === `Bearer access-${n}` ? wallet : unauthenticated;
  };
  return {
    server,
    revoke: () => {
      isRevoked = true;
    },
  };
}

describe('the session of a client', () => {
  const refreshes = (received: readonly Received[]) => received.filter(({ path }) => path === '/v1/auth/refresh');

  it('sends its access token', async () => {
    const { server } = rotatingServer();
    const { florin, received } = clientOf(server);
    expect(await florin.session.signIn(credentials)).to.deep.equal(alice);
    await florin.get('/v1/wallet');
    expect(received.map(({ headers }) => headers.get('authorization'))).to.deep.equal([null, 'Bearer access-1']);
  });

  it('sends no other fields of an account, which the server would reject', async () => {
    const { server } = rotatingServer();
    const { florin, received } = clientOf(server);
    const account = { ...credentials, name: 'Alice', note: 'of the caller' };
    await florin.session.signUp(account);
    await florin.session.signIn(account);
    expect(received.map(({ body }) => JSON.parse(body))).to.deep.equal([{ ...credentials, name: 'Alice' }, credentials]);
  });

  it('renews a token that is about to expire before it is used', async () => {
    const answers = [signedIn(1, { expiresIn: 0 }), signedIn(2), wallet];
    const { florin, received } = clientOf(() => answers.shift() ?? unauthenticated);
    await florin.session.signIn(credentials);
    await florin.get('/v1/wallet');
    expect(received.map(({ path }) => path)).to.deep.equal(['/v1/auth/signin', '/v1/auth/refresh', '/v1/wallet']);
  });

  it('tells who the user is now when it renews the session', async () => {
    const { server, revoke } = rotatingServer();
    const renewed: unknown[] = [];
    const { florin } = clientOf(server, { onRenewed: (user) => renewed.push(user) });
    await florin.session.signIn(credentials);
    expect(renewed).to.deep.equal([]);
    revoke();
    await florin.get('/v1/wallet');
    expect(renewed).to.deep.equal([alice]);
  });

  it('renews a rejected token once for all calls that wait, and repeats them', async () => {
    const { server, revoke } = rotatingServer();
    const { florin, received } = clientOf(server);
    await florin.session.signIn(credentials);
    revoke();
    await Promise.all(Array.from({ length: 10 }, () => florin.get('/v1/wallet')));
    expect(refreshes(received)).to.have.length(1);
    expect(JSON.parse(refreshes(received)[0]?.body ?? '')).to.deep.equal({ refreshToken: 'refresh-1' });
  });

  it('repeats a write after a renewal, because the server has done nothing yet', async () => {
    const answers = [signedIn(1), unauthenticated, signedIn(2), { status: 202, body: { data: { id: 'p1' } } }];
    const { florin, received } = clientOf(() => answers.shift() ?? 'no answer');
    await florin.session.signIn(credentials);
    await florin.post('/v1/purchases/{id}/cancel', { params: { path: { id: 'p1' } }, body: {} });
    expect(received.map(({ path }) => path).slice(1)).to.deep.equal([
      '/v1/purchases/p1/cancel',
      '/v1/auth/refresh',
      '/v1/purchases/p1/cancel',
    ]);
  });

  it('gives up when the renewed token is rejected too', async () => {
    const { florin, received } = clientOf(({ path }) => (path.startsWith('/v1/auth') ? signedIn(1) : unauthenticated));
    await florin.session.signIn(credentials);
    expect(await failureOf(florin.get('/v1/wallet'))).to.include({ code: 'UNAUTHENTICATED' });
    expect(received).to.have.length(4);
  });

  it('does not take a wrong password for an expired token', async () => {
    const { florin, received } = clientOf(({ path }) =>
      path === '/v1/auth/signin' ? signedIn(1) : problem(401, 'INVALID_CREDENTIALS'),
    );
    await florin.session.signIn(credentials);
    const change = { currentPassword: 'a wrong password', newPassword: 'another battery' };
    expect(await failureOf(florin.post('/v1/users/me/password', { body: change }))).to.include({ code: 'INVALID_CREDENTIALS' });
    expect(refreshes(received)).to.deep.equal([]);
  });

  it('ends when the refresh token is rejected', async () => {
    let ended = 0;
    const { florin } = clientOf(({ path }) => (path === '/v1/auth/signin' ? signedIn(1) : unauthenticated), {
      onSignedOut: () => {
        ended++;
      },
    });
    await florin.session.signIn(credentials);
    expect(await failureOf(florin.get('/v1/wallet'))).to.be.instanceOf(FlorinProblem);
    expect(await florin.session.tokens()).to.equal(undefined);
    expect(ended).to.equal(1);
  });

  it('stays when auth is away, and the refresh is repeated for less than the grace period', async () => {
    const { florin, received } = clientOf(({ path }) => {
      if (path === '/v1/auth/signin') return signedIn(1);
      return path === '/v1/auth/refresh' ? 'no answer' : unauthenticated;
    });
    await florin.session.signIn(credentials);
    expect(await failureOf(florin.get('/v1/wallet', { retry: false }))).to.be.instanceOf(FlorinNetworkError);
    expect(refreshes(received)).to.have.length(3);
    expect(new Set(refreshes(received).map(({ body }) => body)).size).to.equal(1);
    expect(await florin.session.tokens()).to.include({ refreshToken: 'refresh-1' });
  });

  it('keeps the new tokens although the caller who caused the renewal has stopped waiting', async () => {
    const { promise: answer, resolve } = Promise.withResolvers<Played>();
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { florin } = clientOf(({ path }) => {
      if (path === '/v1/auth/signin') return signedIn(1);
      if (path !== '/v1/auth/refresh') return unauthenticated;
      onAsked();
      return answer;
    });
    await florin.session.signIn(credentials);
    const controller = new AbortController();
    const call = failureOf(florin.get('/v1/wallet', { signal: controller.signal }));
    await asked;
    controller.abort(new Error('left the page'));
    expect(await call).to.include({ message: 'left the page' });
    resolve(signedIn(2));
    await failureOf(florin.get('/v1/wallet'));
    expect(await florin.session.tokens()).to.include({ refreshToken: 'refresh-2' });
  });

  it('signs out at the server, then forgets the tokens', async () => {
    const { florin, received } = clientOf(({ path }) => (path === '/v1/auth/signin' ? signedIn(1) : { status: 204 }));
    await florin.session.signIn(credentials);
    await florin.session.signOut();
    expect(received[1]?.headers.get('authorization')).to.equal('Bearer access-1');
    expect(await florin.session.tokens()).to.equal(undefined);
  });
});

describe('clients that share a storage', () => {
  function twoTabs(server: (request: Received) => Played | Promise<Played>, options: Partial<ClientOptions> = {}) {
    const entries = new Map<string, string>();
    const store = {
      getItem: (key: string) => entries.get(key) ?? null,
      setItem: (key: string, value: string) => void entries.set(key, value),
      removeItem: (key: string) => void entries.delete(key),
    };
    return [0, 1].map(() => clientOf(server, { storage: browserStorage(store), ...options }));
  }

  it('renew once, one at a time', async () => {
    const { server, revoke } = rotatingServer();
    const tabs = twoTabs(server);
    await tabs[0]?.florin.session.signIn(credentials);
    revoke();
    await Promise.all(tabs.map(({ florin }) => florin.get('/v1/wallet')));
    const sent = tabs.flatMap(({ received }) => received).filter(({ path }) => path === '/v1/auth/refresh');
    expect(sent).to.have.length(1);
  });

  it('do not repeat a call of one user with the token of another, who has signed in meanwhile', async () => {
    const bob = { id: '0192c000-0000-7000-8000-00000000000b', email: 'bob@florin.example' };
    const tokenOfBob = signedIn(7, { user: bob });
    let user = 'alice';
    const [a, b] = twoTabs(async ({ path, body }) => {
      if (path === '/v1/auth/signin') return body.includes('bob') ? tokenOfBob : signedIn(1);
      if (path === '/v1/wallet' && user === 'alice') {
        user = 'bob';
        await b?.florin.session.signIn({ ...credentials, email: bob.email });
      }
      return path === '/v1/wallet' ? unauthenticated : signedIn(8, { user: bob });
    });
    await a?.florin.session.signIn(credentials);
    expect(await failureOf(a?.florin.get('/v1/wallet') ?? Promise.resolve())).to.include({ code: 'UNAUTHENTICATED' });
    expect(a?.received.map(({ headers }) => headers.get('authorization'))).to.not.include('Bearer access-7');
  });

  it('ignore an entry that is not theirs', async () => {
    const storage = browserStorage({ getItem: () => '{"half', setItem: () => {}, removeItem: () => {} });
    const { florin } = clientOf(() => ({ body: { data: [] } }), { storage });
    expect(await florin.session.restore()).to.equal(false);
  });
});

describe('a cookie session', () => {
  const inCookie = (n: number, user = alice): Played => ({
    body: { data: { user, accessToken: `access-${n}`, expiresIn: 900 } },
  });

  it('asks for the cookie, and keeps no refresh token', async () => {
    const { florin, received } = clientOf(() => inCookie(1), { session: 'cookie' });
    await florin.session.signIn(credentials);
    expect(JSON.parse(received[0]?.body ?? '')).to.deep.equal({ ...credentials, session: 'cookie' });
    expect(await florin.session.tokens()).to.not.have.property('refreshToken');
  });

  it('is continued by a new page, and renewed, by requests without a body', async () => {
    const answers = [inCookie(1), unauthenticated, inCookie(2), wallet];
    const { florin, received } = clientOf(() => answers.shift() ?? 'no answer', { session: 'cookie' });
    expect(await florin.session.restore()).to.equal(true);
    await florin.get('/v1/wallet');
    expect(received.map(({ path, body }) => [path, body])).to.deep.equal([
      ['/v1/auth/refresh', ''],
      ['/v1/wallet', ''],
      ['/v1/auth/refresh', ''],
      ['/v1/wallet', ''],
    ]);
  });

  it('is none without a cookie', async () => {
    const { florin } = clientOf(() => unauthenticated, { session: 'cookie' });
    expect(await florin.session.restore()).to.equal(false);
  });

  it('ends in this tab if the cookie has become that of another user', async () => {
    const bob = { id: '0192c000-0000-7000-8000-00000000000b', email: 'bob@florin.example' };
    const answers = [inCookie(1), unauthenticated, inCookie(2, bob)];
    const { florin } = clientOf(() => answers.shift() ?? unauthenticated, { session: 'cookie' });
    await florin.session.signIn(credentials);
    expect(await failureOf(florin.get('/v1/wallet'))).to.include({ code: 'UNAUTHENTICATED' });
    expect(await florin.session.tokens()).to.equal(undefined);
  });
});
