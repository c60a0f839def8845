import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { eventsOf, issuedAtMs, type RunningAuth, sessionOf, signUp, startAuth, stopAll } from './start-auth.ts';

describe('POST /v1/auth/refresh', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const post = (refreshToken: unknown) => auth.call('POST', '/v1/auth/refresh', { body: { refreshToken } });

  async function refreshed(refreshToken: string): Promise<string> {
    const { status, body } = await post(refreshToken);
    expect(status).to.equal(200);
    return String(body.data['refreshToken']);
  }

  async function refused(refreshToken: string): Promise<void> {
    const { status, body } = await post(refreshToken);
    expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'UNAUTHENTICATED' });
  }

  /** Simulates that this time has passed since all tokens were used or revoked. */
  async function passSeconds(seconds: number): Promise<void> {
    for (const column of ['used_at', 'revoked_at']) {
      await auth.database.db.raw(
        `UPDATE refresh_tokens SET ${column} = ${column} - INTERVAL ? SECOND WHERE ${column} IS NOT NULL`,
        [seconds],
      );
    }
  }

  it('issues a new pair of the same session', async () => {
    const first = await signUp(auth);
    const { status, headers, body } = await post(first.refreshToken);
    expect(status).to.equal(200);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(body.data).to.include.keys('accessToken', 'refreshToken', 'expiresIn');
    expect(body.data['refreshToken']).to.not.equal(first.refreshToken);
    const sessionOf = (token: unknown) => (jwt.decode(String(token)) as jwt.JwtPayload)['sid'] as string;
    expect(sessionOf(body.data['accessToken'])).to.equal(sessionOf(first.accessToken));
    expect((await auth.call('GET', '/v1/users/me', { token: String(body.data['accessToken']) })).status).to.equal(200);
  });

  it('issues both tokens at the time that the transaction chose under the lock of the user', async () => {
    const alice = await signUp(auth);
    const { body } = await post(alice.refreshToken);
    for (const { accessToken, refreshToken } of [alice, body.data as typeof alice]) {
      const [[row]] = (await auth.database.db.raw('SELECT issued_at FROM refresh_tokens WHERE token_hash = UNHEX(SHA2(?, 256))', [
        refreshToken,
      ])) as [{ issued_at: Date }[]];
      expect(issuedAtMs(accessToken)).to.equal(row?.issued_at.getTime());
    }
  });

  it('works any number of times', async () => {
    let { refreshToken } = await signUp(auth);
    for (let count = 0; count < 5; count++) refreshToken = await refreshed(refreshToken);
  });

  it('adds a new role to the next access token', async () => {
    const { user, refreshToken } = await signUp(auth);
    await auth.database.db.raw("UPDATE users SET roles = 'buyer,staff' WHERE email = ?", [user.email]);
    const { body } = await post(refreshToken);
    expect(jwt.decode(String(body.data['accessToken']))).to.deep.include({ roles: ['buyer', 'staff'] });
  });

  it('ends the session when a used token is presented after the grace period', async () => {
    const alice = await signUp(auth);
    const second = await refreshed(alice.refreshToken);
    await passSeconds(11);
    await refused(alice.refreshToken);
    await refused(second);
    const told = (await eventsOf(auth, alice.user.id)).map(({ type, data }) => [type, data['sid']]);
    expect(told, 'access tokens end too').to.deep.equal([['session-revoked', sessionOf(alice)]]);
  });

  it('rejects only a replaced token, at any time: two tabs that refreshed within 10 s stay signed in', async () => {
    const alice = await signUp(auth);
    const first = await refreshed(alice.refreshToken);
    const second = await refreshed(alice.refreshToken);
    await refused(first);
    await passSeconds(900);
    await refused(first);
    const third = await refreshed(second);
    await passSeconds(900);
    await refused(first);
    await refreshed(third);
    expect(await eventsOf(auth, alice.user.id)).to.deep.equal([]);
  });

  it('still ends the session when a used token is presented again after replacements', async () => {
    const alice = await signUp(auth);
    const replaced = await refreshed(alice.refreshToken);
    const second = await refreshed(alice.refreshToken);
    const third = await refreshed(second);
    await passSeconds(11);
    await refused(replaced);
    await refused(second);
    for (const token of [alice.refreshToken, replaced, second, third]) await refused(token);
    expect(await eventsOf(auth, alice.user.id)).to.have.length(1);
  });

  it('rejects only the token that an instance of the previous release marked as revoked', async () => {
    const alice = await signUp(auth);
    const first = await refreshed(alice.refreshToken);
    const second = await refreshed(first);
    await auth.database.db.raw(
      `INSERT INTO refresh_tokens (token_hash, session_id, issued_at, revoked_at)
       SELECT UNHEX(SHA2('replaced', 256)), session_id, issued_at, issued_at FROM refresh_tokens WHERE token_hash = UNHEX(SHA2(?, 256))`,
      [first],
    );
    await passSeconds(900);
    await refused('replaced');
    await refreshed(second);
  });

  it('issues a pair to each of many concurrent tabs, one of them live, in no more rows than one tab needs', async () => {
    const { accessToken, refreshToken } = await signUp(auth);
    const rows = async (): Promise<number> => {
      const [found] = (await auth.database.db.raw("SELECT 1 FROM refresh_tokens WHERE session_id = UNHEX(REPLACE(?, '-', ''))", [
        sessionOf({ accessToken }),
      ])) as [unknown[]];
      return found.length;
    };
    let kept = refreshToken;
    for (let episode = 0; episode < 3; episode++) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => post(kept)));
      const pairs = answers.map(({ body }) => body.data as { accessToken: string; refreshToken: string });
      const byIssue = pairs.toSorted((a, b) => issuedAtMs(a.accessToken) - issuedAtMs(b.accessToken));
      for (const { refreshToken: replaced } of byIssue.slice(0, -1)) await refused(replaced);
      kept = byIssue.at(-1)?.refreshToken ?? '';
      await passSeconds(60);
    }
    expect(await rows()).to.equal(4);
    await refreshed(kept);
  });

  it('rejects a token that is replaced while it waits for the lock', async () => {
    for (let round = 0; round < 10; round++) {
      const { refreshToken: first } = await signUp(auth);
      const second = await refreshed(first);
      const [again, used] = await Promise.all([post(first), post(second)]);
      // Depends on the order: the replaced token was rejected, or the used one ended the session.
      expect([again?.status, used?.status]).to.deep.be.oneOf([
        [200, 401],
        [401, 200],
      ]);
    }
  });

  it('issues a replacement after the token that it replaces, also if that one has the time of a fast clock', async () => {
    const alice = await signUp(auth);
    const ahead = (await post(alice.refreshToken)).body.data as { accessToken: string };
    await auth.database.db.raw(
      'UPDATE refresh_tokens SET issued_at = issued_at + INTERVAL 20 SECOND WHERE used_at IS NULL AND session_id = ?',
      [Buffer.from(sessionOf(ahead).replaceAll('-', ''), 'hex')],
    );
    await refreshed(alice.refreshToken);
    const [[row]] = (await auth.database.db.raw('SELECT MAX(issued_at) AS newest FROM refresh_tokens WHERE session_id = ?', [
      Buffer.from(sessionOf(ahead).replaceAll('-', ''), 'hex'),
    ])) as [{ newest: Date }[]];
    expect(row?.newest.getTime()).to.be.above(Date.now() + 15_000);
  });

  it('ends the session when a used token is presented after its successor was used, however soon', async () => {
    const { refreshToken: first } = await signUp(auth);
    const second = await refreshed(first);
    const third = await refreshed(second);
    await refused(first);
    await refused(third);
  });

  it('issues another pair within the grace period, and replaces the unused successor', async () => {
    const { refreshToken: first } = await signUp(auth);
    const lost = await refreshed(first);
    const alsoLost = await refreshed(first);
    const third = await refreshed(first);
    await refused(lost);
    await refused(alsoLost);
    await refreshed(third);
  });

  it('keeps other sessions open when one ends', async () => {
    const { user, refreshToken } = await signUp(auth);
    const other = await auth.call('POST', '/v1/auth/signin', { body: { email: user.email, password: 'correct horse battery' } });
    await refreshed(refreshToken);
    await passSeconds(11);
    await refused(refreshToken);
    await refreshed(String(other.body.data['refreshToken']));
  });

  it('leaves one valid token after ten concurrent requests with the same token', async () => {
    const { refreshToken } = await signUp(auth);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(refreshToken)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 200));
    const tokens = answers.map(({ body }) => String(body.data['refreshToken']));
    const [rows] = (await auth.database.db.raw(
      `SELECT 1 FROM refresh_tokens WHERE used_at IS NULL AND revoked_at IS NULL AND session_id =
         (SELECT session_id FROM refresh_tokens WHERE token_hash = UNHEX(SHA2(?, 256)))`,
      [refreshToken],
    )) as [unknown[]];
    expect(rows).to.have.length(1);
    expect(new Set(tokens).size).to.equal(10);
  });

  it('rejects a disabled account, an ended session and an expired session', async () => {
    const { db } = auth.database;
    const disabled = await signUp(auth);
    await db.raw("UPDATE users SET status = 'disabled' WHERE email = ?", [disabled.user.email]);
    await refused(disabled.refreshToken);
    for (const column of ['ended_at', 'expires_at']) {
      const { accessToken, refreshToken } = await signUp(auth);
      const { sid } = jwt.decode(accessToken) as { sid: string };
      await db.raw(`UPDATE sessions SET ${column} = '2020-01-01' WHERE id = UNHEX(REPLACE(?, '-', ''))`, [sid]);
      await refused(refreshToken);
    }
  });

  it('rejects an access token as refresh token', async () => {
    const { accessToken } = await signUp(auth);
    expect((await post(accessToken.slice(0, 200))).status).to.equal(401);
  });

  it('answers 401 to text that was never a token', async () => {
    await refused('garbage');
  });

  for (const [name, body] of Object.entries({
    nothing: {},
    'a number': { refreshToken: 5 },
    'an empty text': { refreshToken: '' },
    'a very long text': { refreshToken: 'x'.repeat(201) },
    'an unknown field': { refreshToken: 'x', scope: 'admin' },
  })) {
    it(`answers 422 to ${name}`, async () => {
      expect((await auth.call('POST', '/v1/auth/refresh', { body })).body.code).to.equal('VALIDATION_FAILED');
    });
  }
});
