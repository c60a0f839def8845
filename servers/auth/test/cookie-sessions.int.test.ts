import { expect } from 'chai';
import type { Request } from 'express';
import { createRefreshCookie } from '../src/sessions/index.ts';
import {
  type Answer,
  newEmail,
  password,
  type RunningAuth,
  refreshStatus,
  sessionOf,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

const SHOP = 'https://shop.example';

describe('a session in a cookie', () => {
  let auth: RunningAuth;
  /** The origin of the pages that auth itself would serve. */
  let own: string;

  before(async () => {
    auth = await startAuth({ CORS_ORIGINS: SHOP });
    own = auth.url;
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const open = async (): Promise<{ answer: Answer; cookie: string; email: string; accessToken: string }> => {
    const email = newEmail();
    const answer = await auth.call('POST', '/v1/auth/signup', { body: { email, password, session: 'cookie' } });
    expect(answer.status).to.equal(201);
    return { answer, email, cookie: cookieOf(answer), accessToken: String(answer.body.data['accessToken']) };
  };
  const refresh = (headers: Record<string, string>, body?: unknown) =>
    auth.call('POST', '/v1/auth/refresh', { headers, ...(body !== undefined && { body }) });
  const signOut = (headers: Record<string, string>, token?: string) =>
    auth.call('POST', '/v1/auth/signout', { headers, ...(token !== undefined && { token }) });
  const codeOf = ({ status, body }: Answer): string => `${status} ${body.code ?? ''}`.trim();

  it('begins at sign-up and sign-in, with the refresh token in the cookie and not in the answer', async () => {
    const { answer, email } = await open();
    const again = await auth.call('POST', '/v1/auth/signin', { body: { email, password, session: 'cookie' } });
    for (const { headers, body } of [answer, again]) {
      expect(body.data).to.have.keys('user', 'accessToken', 'expiresIn');
      expect(headers.getSetCookie()).to.have.length(1);
      expect(headers.getSetCookie()[0]).to.match(
        /^florin_refresh=[\w-]{43}; Path=\/v1\/auth; Max-Age=604800; HttpOnly; SameSite=Strict$/,
      );
      expect(headers.get('cache-control')).to.equal('no-store');
    }
    for (const session of [undefined, 'token']) {
      const plain = await auth.call('POST', '/v1/auth/signin', { body: { email, password, session } });
      expect(plain.body.data).to.have.keys('user', 'accessToken', 'refreshToken', 'expiresIn');
      expect(plain.headers.getSetCookie()).to.deep.equal([]);
    }
    const wrong = await auth.call('POST', '/v1/auth/signin', { body: { email, password, session: 'cookies' } });
    expect(codeOf(wrong)).to.equal('422 VALIDATION_FAILED');
  });

  it('is refreshed without a body from pages of our own and of allowed origins, with a new cookie', async () => {
    const { cookie, accessToken } = await open();
    let sent = cookie;
    for (const origin of [own, SHOP]) {
      const answer = await refresh({ cookie: sent, origin });
      expect(answer.status).to.equal(200);
      expect(answer.body.data).to.have.keys('user', 'accessToken', 'expiresIn');
      expect(sessionOf({ accessToken: String(answer.body.data['accessToken']) })).to.equal(sessionOf({ accessToken }));
      expect(cookieOf(answer)).to.not.equal(sent);
      sent = cookieOf(answer);
    }
    expect((await refresh({ cookie: sent, origin: own }, {})).status).to.equal(200);
  });

  const port = (): string => new URL(own).port;
  const foreign: [what: string, origin: () => string | undefined][] = [
    ['no origin', () => undefined],
    ['null', () => 'null'],
    ['an unknown origin', () => 'https://evil.example'],
    ['one letter more', () => 'https://shops.example'],
    ['a suffix', () => `${SHOP}.evil.example`],
    ['another port', () => `${SHOP}:444`],
    ['upper case', () => SHOP.toUpperCase()],
    ['another port of our host', () => 'http://127.0.0.1:1'],
    ['our host without the port', () => 'http://127.0.0.1'],
    ['another name of our host', () => `http://localhost:${port()}`],
    ['another protocol of our host', () => `https://127.0.0.1:${port()}`],
    ['our origin as the beginning of another', () => `${own}.evil.example`],
    ['our origin with a path', () => `${own}/`],
    ['two origins', () => `${own}, ${SHOP}`],
  ];
  for (const [what, originOf] of foreign) {
    it(`is neither refreshed nor ended by a page of another origin: ${what}`, async () => {
      const { cookie } = await open();
      const origin = originOf();
      const headers = { cookie, ...(origin !== undefined && { origin }) };
      for (const answer of [await refresh(headers), await signOut(headers)]) {
        expect(codeOf(answer)).to.equal('403 ORIGIN_NOT_ALLOWED');
        expect(answer.headers.getSetCookie()).to.deep.equal([]);
      }
      expect((await refresh({ cookie, origin: own })).status).to.equal(200);
    });
  }

  const unusable: [what: string, change: (cookie: string) => string][] = [
    ['sent twice', (cookie) => `${cookie}; ${cookie}`],
    ['sent with another one of the name before it', (cookie) => `florin_refresh=${'a'.repeat(43)}; ${cookie}`],
    ['sent with an empty one of the name after it', (cookie) => `${cookie}; florin_refresh=`],
    ['in quotes', (cookie) => cookie.replace(/=(.*)/, '="$1"')],
    ['empty', () => 'florin_refresh='],
    ['with another attribute in its value', (cookie) => `${cookie}=x`],
    ['with encoded letters', (cookie) => `${cookie}%20`],
    ['too long', () => `florin_refresh=${'a'.repeat(201)}`],
    ['unknown', () => `florin_refresh=${'a'.repeat(43)}`],
  ];
  for (const [what, change] of unusable) {
    it(`is not refreshed by a cookie that is ${what}`, async () => {
      const { cookie } = await open();
      const answer = await refresh({ cookie: change(cookie), origin: own });
      expect(codeOf(answer)).to.equal('401 UNAUTHENTICATED');
      // A late answer to an older token must not delete the cookie of a newer one.
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    });
  }

  it('is found among other cookies', async () => {
    const { cookie } = await open();
    const others = `theme=dark; xflorin_refresh=1; florin_refresh2=2; FLORIN_REFRESH=3;${cookie} ;a=b`;
    expect((await refresh({ cookie: others, origin: own })).status).to.equal(200);
  });

  it('needs the cookie or a refresh token', async () => {
    expect(codeOf(await refresh({ origin: own }))).to.equal('401 UNAUTHENTICATED');
    expect(codeOf(await refresh({ origin: own }, {}))).to.equal('422 VALIDATION_FAILED');
    expect(codeOf(await refresh({ origin: own }, { refreshToken: '' }))).to.equal('422 VALIDATION_FAILED');
    expect(codeOf(await signOut({ origin: own }))).to.equal('401 UNAUTHENTICATED');
  });

  it('does not count beside a refresh token in the body, whose answer has no cookie', async () => {
    const { cookie } = await open();
    const other = await signUp(auth);
    const answer = await refresh({ cookie, origin: 'https://evil.example' }, { refreshToken: other.refreshToken });
    expect(answer.status).to.equal(200);
    expect(answer.body.data).to.include.keys('refreshToken').and.to.have.nested.property('user.id', other.user.id);
    expect(answer.headers.getSetCookie()).to.deep.equal([]);
    expect((await refresh({ cookie, origin: own })).status).to.equal(200);
  });

  it('is ended by its cookie alone, which is deleted', async () => {
    const { cookie, accessToken } = await open();
    const answer = await signOut({ cookie, origin: own });
    expect(answer.status).to.equal(204);
    expect(answer.headers.getSetCookie()).to.deep.equal(['florin_refresh=; Path=/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict']);
    expect((await auth.call('GET', '/v1/users/me', { token: accessToken })).status).to.equal(401);
    expect((await refresh({ cookie, origin: own })).status).to.equal(401);
    // A repetition is answered the same, also with an access token that has ended meanwhile.
    for (const token of [undefined, accessToken, 'expired'])
      expect((await signOut({ cookie, origin: own }, token)).status).to.equal(204);
  });

  it('is ended with the session of the access token, if the origin is allowed', async () => {
    const { cookie } = await open();
    const other = await signUp(auth);
    const answer = await signOut({ cookie, origin: own }, other.accessToken);
    expect([answer.status, answer.headers.getSetCookie().length]).to.deep.equal([204, 1]);
    expect(await refreshStatus(auth, other)).to.equal(401);
    expect((await refresh({ cookie, origin: own })).status).to.equal(401);
  });

  it('stays open at a sign-out with an access token from another origin, which ends the session of the token', async () => {
    const { cookie } = await open();
    const other = await signUp(auth);
    for (const headers of [{ cookie, origin: 'https://evil.example' }, { cookie }] as Record<string, string>[]) {
      const { accessToken } = headers['origin'] === undefined ? await signUp(auth) : other;
      const answer = await signOut(headers, accessToken);
      expect([answer.status, answer.headers.getSetCookie()]).to.deep.equal([204, []]);
    }
    expect(await refreshStatus(auth, other)).to.equal(401);
    expect((await refresh({ cookie, origin: own })).status).to.equal(200);
  });

  it('has a secure cookie, except in development on the own machine', async () => {
    const cookieAt = async (instance: RunningAuth, host: string): Promise<string> => {
      const body = { email: newEmail(), password, session: 'cookie' };
      const answer = await instance.call('POST', '/v1/auth/signup', { body, headers: { 'x-forwarded-host': host } });
      return answer.headers.getSetCookie()[0] ?? '';
    };
    const behindProxy = await auth.another({ limits: { ...auth.config.limits, trustedProxies: 1 } });
    for (const host of ['localhost', 'localhost:8080', '127.0.0.1:3001', '[::1]:3001'])
      expect(await cookieAt(behindProxy, host), host).to.not.match(/Secure/);
    for (const host of ['florin.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.0.7:8080'])
      expect(await cookieAt(behindProxy, host), host).to.match(/; Secure$/);
    expect(await cookieAt(auth, 'florin.example'), 'no trusted proxy').to.not.match(/Secure/);
  });

  it('has a secure cookie in production, also on the own machine', () => {
    const cookie = createRefreshCookie({ origins: [], maxAgeS: 60, isProduction: true });
    const request = { hostname: 'localhost' } as Request;
    for (const headers of [cookie.store(request, 'token'), cookie.clear(request)])
      expect(headers['Set-Cookie']).to.match(/; Secure$/);
  });

  it('knows its own origin behind a proxy by the headers of trusted proxies alone', async () => {
    const behindProxy = await auth.another({ limits: { ...auth.config.limits, trustedProxies: 1 } });
    const forwarded = { 'x-forwarded-host': 'florin.example', 'x-forwarded-proto': 'https' };
    const refreshAt = async (instance: RunningAuth, headers: Record<string, string>): Promise<string> => {
      const { cookie } = await open();
      return codeOf(await instance.call('POST', '/v1/auth/refresh', { headers: { cookie, ...headers } }));
    };
    expect(await refreshAt(behindProxy, { ...forwarded, origin: 'https://florin.example' })).to.equal('200');
    expect(await refreshAt(behindProxy, { ...forwarded, origin: 'http://florin.example' })).to.match(/^403/);
    expect(await refreshAt(behindProxy, { ...forwarded, origin: behindProxy.url })).to.match(/^403/);
    expect(await refreshAt(auth, { ...forwarded, origin: 'https://florin.example' })).to.match(/^403/);
    expect(await refreshAt(auth, { ...forwarded, origin: own })).to.equal('200');
  });
});

/** The cookie as a browser sends it back. */
function cookieOf({ headers }: Answer): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
