import { expect } from 'chai';
import { type Answer, newEmail, password, type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

const FREE = 3;

describe('password guessing', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth({
      PASSWORD_ATTEMPTS_PER_ACCOUNT: String(FREE),
      PASSWORD_ATTEMPTS_PER_ADDRESS: '1000',
      PASSWORD_FIRST_DELAY_S: '30',
      PASSWORD_LIMIT_STORE: 'database',
    });
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const signIn = (email: string, known = 'wrong horse battery', by = auth) =>
    by.call('POST', '/v1/auth/signin', { body: { email, password: known } });

  /** Sends the wrong passwords that are free and the one that starts the first pause. */
  async function exhaust(attempt: () => Promise<Answer>): Promise<void> {
    for (let count = 0; count <= FREE; count++) expect((await attempt()).status, `attempt ${count}`).to.equal(401);
  }

  /** Ends all pauses. */
  async function endPauses(): Promise<void> {
    await auth.database.db.raw("UPDATE rate_limits SET expire = 1 WHERE `key` LIKE '%-pause:%'");
  }

  function limited({ status, body, headers }: Answer): number {
    expect({ status, code: body.code }).to.deep.equal({ status: 429, code: 'RATE_LIMITED' });
    expect(headers.get('ratelimit')).to.match(/^"[\w-]+";r=0;t=\d+$/);
    expect(headers.get('ratelimit-policy')).to.match(/^"[\w-]+";q=\d+;w=86400$/);
    const waitS = Number(headers.get('retry-after'));
    expect(waitS).to.be.at.least(1);
    return waitS;
  }

  it('is slowed down for one account, longer each time, and the right password waits too', async () => {
    const { user } = await signUp(auth);
    await exhaust(() => signIn(user.email));
    for (const pauseS of [30, 60, 120, 240, 480, 900, 900]) {
      expect(limited(await signIn(user.email))).to.be.within(pauseS - 10, pauseS);
      limited(await signIn(user.email, password));
      await endPauses();
      expect((await signIn(user.email)).status).to.equal(401);
    }
    await endPauses();
    expect((await signIn(user.email, password)).status).to.equal(200);
  });

  it('starts anew after the right password', async () => {
    const { user } = await signUp(auth);
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < FREE; count++) expect((await signIn(user.email)).status).to.equal(401);
      expect((await signIn(user.email, password)).status).to.equal(200);
    }
  });

  it('gets the same answers if there is no account', async () => {
    const email = newEmail('nobody');
    await exhaust(() => signIn(email));
    const unknown = await signIn(email);
    limited(unknown);
    const { user } = await signUp(auth);
    await exhaust(() => signIn(user.email));
    const known = await signIn(user.email);
    const told = ({ body }: Answer) => ({ ...body, requestId: '', detail: '' });
    expect(told(known)).to.deep.equal(told(unknown));
  });

  it('does not slow other accounts down', async () => {
    const { user } = await signUp(auth);
    await exhaust(() => signIn(newEmail('nobody')).then(() => signIn(user.email)));
    const bob = await signUp(auth);
    expect((await signIn(bob.user.email, password)).status).to.equal(200);
  });

  it('gains nothing from concurrent requests', async () => {
    const { user } = await signUp(auth);
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn(user.email)));
    expect(answers.filter(({ status }) => status === 401)).to.have.length.within(1, FREE + 1);
    expect(answers.filter(({ status }) => status === 429)).to.have.length.at.least(30 - FREE - 1);
  });

  for (const [name, method, path, body] of [
    ['a password change', 'POST', '/v1/users/me/password', { newPassword: 'battery staple correct' }],
    ['an erasure', 'DELETE', '/v1/users/me', {}],
  ] as const) {
    it(`is slowed down at ${name} too`, async () => {
      const { accessToken: token } = await signUp(auth);
      const attempt = (currentPassword: string) => auth.call(method, path, { token, body: { ...body, currentPassword } });
      await exhaust(() => attempt('wrong horse battery'));
      limited(await attempt('wrong horse battery'));
      await endPauses();
      expect((await attempt(password)).status).to.equal(204);
    });
  }

  it('is counted by one instance, in its memory, if that is set', async () => {
    const alone = await auth.another({ passwordLimits: { ...auth.config.passwordLimits, isShared: false } });
    const { user } = await signUp(auth);
    await exhaust(() => signIn(user.email, 'wrong horse battery', alone));
    limited(await signIn(user.email, password, alone));
    expect((await signIn(user.email, password)).status).to.equal(200);
    await alone.stop();
  });

  it('is slowed down for an address, over all accounts; right passwords do not count', async () => {
    const other = await auth.another({
      passwordLimits: {
        ...auth.config.passwordLimits,
        isShared: false,
        freeAttempts: { account: 0, elsewhere: 0, address: FREE },
      },
    });
    const { user } = await signUp(other);
    for (let count = 0; count < FREE * 2; count++) expect((await signIn(user.email, password, other)).status).to.equal(200);
    await exhaust(() => signIn(newEmail('nobody'), password, other));
    limited(await signIn(newEmail('nobody'), password, other));
    await other.stop();
  });

  it('is counted across instances and restarts, if that is set', async () => {
    const [first, second] = await Promise.all([auth.another(), auth.another()]);
    const { user } = await signUp(auth);
    let count = 0;
    await exhaust(() => signIn(user.email, 'wrong horse battery', count++ % 2 === 0 ? first : second));
    limited(await signIn(user.email, password, first));
    limited(await signIn(user.email, password, second));
    await Promise.all([first.stop(), second.stop()]);
    const third = await auth.another();
    limited(await signIn(user.email, password, third));
    const [rows] = (await auth.database.db.raw('SELECT `key` FROM rate_limits')) as [{ key: string }[]];
    expect(JSON.stringify(rows)).to.not.include('florin.example');
    await third.stop();
  });

  it('is not slowed down by the defaults of development', async () => {
    const free = { passwordLimits: { ...auth.config.passwordLimits, freeAttempts: { account: 0, elsewhere: 0, address: 0 } } };
    const other = await auth.another(free);
    const { user } = await signUp(other);
    for (let count = 0; count < 20; count++) expect((await signIn(user.email, 'wrong', other)).status).to.equal(401);
    await other.stop();
  });
});
