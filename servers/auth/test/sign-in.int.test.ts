import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { newEmail, password, type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

describe('POST /v1/auth/signin', () => {
  let auth: RunningAuth;
  const email = newEmail();

  before(async () => {
    auth = await startAuth();
    await signUp(auth, email);
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const post = (body: unknown) => auth.call('POST', '/v1/auth/signin', { body });

  it('answers with the account and a new session', async () => {
    const first = await post({ email, password });
    const second = await post({ email, password });
    expect(first.status).to.equal(200);
    expect(first.headers.get('cache-control')).to.equal('no-store');
    expect(Object.keys(first.body.data).sort()).to.deep.equal(['accessToken', 'expiresIn', 'refreshToken', 'user']);
    expect(first.body.data['user']).to.deep.include({ email, roles: ['buyer'] });
    const sessions = [first, second].map(({ body }) => (jwt.decode(String(body.data['accessToken'])) as jwt.JwtPayload)['sid']);
    expect(new Set(sessions).size).to.equal(2);
  });

  it('accepts the e-mail address in any spelling', async () => {
    expect((await post({ email: ` ${email.toUpperCase()}`, password })).status).to.equal(200);
  });

  it('gives a wrong password, an unknown address and an impossible address the same answer', async () => {
    const answers = await Promise.all([
      post({ email, password: 'wrong horse battery' }),
      post({ email: newEmail('nobody'), password }),
      post({ email, password: 'x' }),
      post({ email: newEmail('no\u200bbody'), password }),
      post({ email: 'no address', password }),
    ]);
    const bodies = answers.map(({ body }) => ({ ...body, requestId: undefined }));
    for (const { status } of answers) expect(status).to.equal(401);
    expect(bodies[0]).to.include({ code: 'INVALID_CREDENTIALS', status: 401 });
    for (const body of bodies) expect(body).to.deep.equal(bodies[0]);
  });

  const unknownEmails: [name: string, make: () => string][] = [
    ['an unknown address', () => newEmail('nobody')],
    ['an impossible address', () => newEmail('no\u200bbody')],
  ];
  for (const [name, make] of unknownEmails) {
    it(`takes as long for ${name} as for a wrong password`, async function () {
      this.timeout(60_000);
      // Noise may look like a difference once, but not three times in a row; a missing hash does each time.
      const shares: number[] = [];
      while (shares.length < 3) {
        const share = await shareOfSlower({
          known: () => post({ email, password: 'wrong horse battery' }),
          unknown: () => post({ email: make(), password }),
        });
        if (Math.abs(share - 0.5) < FOUR_DEVIATIONS) return;
        shares.push(share);
      }
      expect.fail(
        `The unknown address was slower in ${shares.map((share) => `${Math.round(share * 100)}%`).join(', ')} of all pairs.`,
      );
    });
  }

  it('is case-sensitive about the password', async () => {
    expect((await post({ email, password: password.toUpperCase() })).status).to.equal(401);
  });

  it('rejects a disabled account', async () => {
    const disabled = newEmail('disabled');
    await signUp(auth, disabled);
    await auth.database.db.raw("UPDATE users SET status = 'disabled' WHERE email = ?", [disabled]);
    const { status, body } = await post({ email: disabled, password });
    expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'INVALID_CREDENTIALS' });
  });

  const bad: Record<string, unknown> = {
    'no email': { password },
    'no password': { email },
    'an unknown field': { email, password, remember: true },
    'a password that is an object': { email, password: { $gt: '' } },
    'an email that is a list': { email: [email], password },
    'a very long password': { email, password: 'x'.repeat(129) },
  };
  for (const [name, body] of Object.entries(bad)) {
    it(`answers 422 to ${name}`, async () => {
      const answer = await post(body);
      expect({ status: answer.status, code: answer.body.code }).to.deep.equal({ status: 422, code: 'VALIDATION_FAILED' });
    });
  }

  it('answers 400 to malformed JSON', async () => {
    expect((await auth.call('POST', '/v1/auth/signin', { text: 'email' })).body.code).to.equal('MALFORMED_JSON');
  });
});

const SAMPLES = 30;
/** Deviation of the share below without a real difference, by a chance of one in 16,000. */
const FOUR_DEVIATIONS = 4 * Math.sqrt((2 * SAMPLES + 1) / (12 * SAMPLES * SAMPLES));

type Samples<T> = Record<'known' | 'unknown', T>;

/**
 * Returns the share of all pairs in which the unknown one took longer (the Mann-Whitney U statistic): one half without a
 * difference. Both take turns, so that a busy moment affects both, and their order changes.
 */
async function shareOfSlower(work: Samples<() => Promise<unknown>>): Promise<number> {
  const durations: Samples<number[]> = { known: [], unknown: [] };
  for (let count = 0; count < SAMPLES; count++) {
    for (const kind of count % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      const startedAt = performance.now();
      await work[kind]();
      durations[kind].push(performance.now() - startedAt);
    }
  }
  const slower = durations.unknown.map((unknown) => durations.known.filter((known) => unknown > known).length);
  return slower.reduce((sum, count) => sum + count, 0) / SAMPLES ** 2;
}
