import { expect } from 'chai';
import {
  eventsOf,
  issuedAtMs,
  password,
  type RunningAuth,
  refreshStatus,
  signIn,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

const newPassword = 'battery staple correct';

describe('POST /v1/users/me/password', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const change = (token: string, body: unknown = { currentPassword: password, newPassword }) =>
    auth.call('POST', '/v1/users/me/password', { token, body });

  const signInStatus = async (email: string, known: string) =>
    (await auth.call('POST', '/v1/auth/signin', { body: { email, password: known } })).status;

  it('requires authentication', async () => {
    expect(
      (await auth.call('POST', '/v1/users/me/password', { body: { currentPassword: password, newPassword } })).status,
    ).to.equal(401);
  });

  it('changes it; all tokens become void, this session stays open by its refresh token, all others end', async () => {
    const alice = await signUp(auth);
    const bob = await signUp(auth);
    const others = [await signIn(auth, alice.user), await signIn(auth, alice.user)];
    expect((await change(alice.accessToken)).status).to.equal(204);
    expect(await signInStatus(alice.user.email, password)).to.equal(401);
    expect(await signInStatus(alice.user.email, newPassword)).to.equal(200);
    const refreshed = await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: alice.refreshToken } });
    expect(refreshed.status).to.equal(200);
    for (const other of others) expect(await refreshStatus(auth, other)).to.equal(401);
    expect(await refreshStatus(auth, bob)).to.equal(200);
    const [event, ...more] = await eventsOf(auth, alice.user.id);
    expect(more).to.deep.equal([]);
    expect(event?.type).to.equal('tokens-invalidated');
    const issuedBefore = Date.parse(String(event?.data['issuedBefore']));
    expect(issuedAtMs(alice.accessToken)).to.be.below(issuedBefore);
    expect(issuedAtMs(String(refreshed.body.data['accessToken']))).to.be.at.least(issuedBefore);
  });

  it('rejects a wrong current password, and changes nothing', async () => {
    const alice = await signUp(auth);
    const { status, body } = await change(alice.accessToken, { currentPassword: 'wrong', newPassword });
    expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'INVALID_CREDENTIALS' });
    expect(await signInStatus(alice.user.email, password)).to.equal(200);
  });

  it('takes effect once for two concurrent requests', async () => {
    const alice = await signUp(auth);
    const wanted = ['battery staple one', 'battery staple two'];
    const answers = await Promise.all(
      wanted.map((next) => change(alice.accessToken, { currentPassword: password, newPassword: next })),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([204, 401]);
    const winner = wanted[answers.findIndex(({ status }) => status === 204)] ?? '';
    expect(await signInStatus(alice.user.email, winner)).to.equal(200);
  });

  it('and a concurrent sign-in with the old one leave no open session', async () => {
    const alice = await signUp(auth);
    const [, ...crossing] = await Promise.all([
      change(alice.accessToken),
      ...Array.from({ length: 4 }, () => signIn(auth, alice.user)),
    ]);
    for (const session of crossing) {
      if (session !== undefined) expect(await refreshStatus(auth, session)).to.equal(401);
    }
  });

  for (const [name, body, path] of [
    ['no current password', { newPassword }, 'currentPassword'],
    ['no new password', { currentPassword: password }, 'newPassword'],
    ['a short new password', { currentPassword: password, newPassword: 'short' }, 'newPassword'],
    ['a long new password', { currentPassword: password, newPassword: 'x'.repeat(129) }, 'newPassword'],
    ['a new password that is a number', { currentPassword: password, newPassword: 123456789 }, 'newPassword'],
    ['an unknown field', { currentPassword: password, newPassword, userId: 'x' }, 'userId'],
  ] as const) {
    it(`answers 422 to ${name}`, async () => {
      const { accessToken } = await signUp(auth);
      const answer = await change(accessToken, body);
      expect({ status: answer.status, code: answer.body.code }).to.deep.equal({ status: 422, code: 'VALIDATION_FAILED' });
      expect(answer.body.errors?.map((error) => error.path)).to.deep.equal([path]);
    });
  }

  it("answers 422 to one of the most common, and to the user's own words", async () => {
    const { accessToken, user } = await signUp(auth);
    for (const weak of ['iloveyou', user.email, 'florin2026']) {
      const { status, body } = await change(accessToken, { currentPassword: password, newPassword: weak });
      expect({ status, code: body.code, path: body.errors?.[0]?.path }).to.deep.equal({
        status: 422,
        code: 'PASSWORD_TOO_WEAK',
        path: 'newPassword',
      });
    }
  });
});
