import { createTokenVerifier, type Jwk, type Revocation, type TokenVerifier } from '@florin/auth-middleware';
import { createLogger, createMetrics } from '@florin/runtime';
import { eventually, type ShiftedClock, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { makeSigningKey, storeSigningKey } from '../src/keys/make-signing-key.ts';
import { createSessionPruning } from '../src/sessions/session-pruning.ts';
import {
  eventsOf,
  password,
  type RunningAuth,
  refreshStatus,
  type SignedIn,
  sessionOf,
  signIn,
  signInAdmin,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

const DAY_MS = 86_400_000;
const newPassword = 'battery staple correct';

describe('auth, when its clock is ahead for a while', () => {
  let auth: RunningAuth;
  let clock: ShiftedClock;
  const verifiers: TokenVerifier[] = [];
  before(async () => {
    auth = await startAuth();
  });
  after(async () => {
    await Promise.all(verifiers.map((verifier) => verifier.stop()));
    await stopAll();
    await auth.database.drop();
  });
  beforeEach(() => {
    clock = shiftClock();
  });
  afterEach(() => clock.restore());

  /** Another service, whose clock is right and which has consumed all events of the user. */
  async function serviceThatHeard(userId: string): Promise<TokenVerifier> {
    const { issuer, audience } = auth.config.jwt;
    const fetchKeys = async () => (await auth.call('GET', '/.well-known/jwks.json')).body as unknown as { keys: Jwk[] };
    const verifier = createTokenVerifier({
      fetchKeys: async () => (await fetchKeys()).keys,
      issuer,
      audience,
      refreshMs: 60_000,
    });
    verifiers.push(verifier);
    await verifier.start();
    for (const event of await eventsOf(auth, userId)) verifier.applyRevocation(event as unknown as Revocation);
    return verifier;
  }
  const works = async ({ user, accessToken }: SignedIn) => {
    const verifier = await serviceThatHeard(user.id);
    const [here, there] = [
      (await auth.call('GET', '/v1/users/me', { token: accessToken })).status,
      await verifier.verify(accessToken).then(
        () => 200,
        () => 401,
      ),
    ];
    return [here, there];
  };
  const changePassword = (token: string) =>
    auth.call('POST', '/v1/users/me/password', { token, body: { currentPassword: password, newPassword } });
  const refreshed = async ({ user, refreshToken }: SignedIn): Promise<SignedIn> => {
    const { status, body } = await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken } });
    expect(status).to.equal(200);
    return { ...(body.data as SignedIn), user };
  };
  const issuedInMs = ({ accessToken }: SignedIn) => ((jwt.decode(accessToken) as jwt.JwtPayload).iat ?? 0) * 1000 - Date.now();

  for (const aheadMs of [2 * DAY_MS, 45 * 60_000]) {
    describe(`by ${aheadMs / 60_000} minutes`, () => {
      it('lets a user who changed the password meanwhile sign in again, in every service, and makes earlier tokens void', async () => {
        const before = await signUp(auth);
        clock.set(aheadMs);
        const during = await signIn(auth, before.user);
        expect((await changePassword(during.accessToken)).status).to.equal(204);
        clock.set(0);
        const after = await signIn(auth, { ...before.user, password: newPassword });
        expect(issuedInMs(after)).to.be.within(-60_000, 1_000);
        expect(await works(after)).to.deep.equal([200, 200]);
        expect((await works(before))[1]).to.equal(401);
        expect((await works(during))[1]).to.equal(401);
        const again = await signIn(auth, { ...before.user, password: newPassword });
        expect(await works(again)).to.deep.equal([200, 200]);
        expect(await works(after), 'and is corrected once').to.deep.equal([200, 200]);
      });

      it('keeps the session that changed it open, by its refresh token', async () => {
        const before = await signUp(auth);
        clock.set(aheadMs);
        const during = await refreshed(before);
        expect((await changePassword(during.accessToken)).status).to.equal(204);
        clock.set(0);
        const after = await refreshed(during);
        expect(await works(after)).to.deep.equal([200, 200]);
        expect((await works(before))[1]).to.equal(401);
      });

      for (const action of ['roles', 'disable', 'enable'] as const) {
        it(`lets an admin recover, whose ${action} make earlier tokens void`, async () => {
          const alice = await signUp(auth);
          clock.set(aheadMs);
          const during = await signIn(auth, alice.user);
          expect((await changePassword(during.accessToken)).status).to.equal(204);
          clock.set(0);
          const { accessToken: token } = await signInAdmin(auth);
          const path = `/v1/users/${alice.user.id}`;
          if (action === 'roles') await auth.call('PUT', `${path}/roles`, { token, body: { roles: ['staff'] } });
          else await auth.call('POST', `${path}/disable`, { token });
          if (action === 'enable') await auth.call('POST', `${path}/enable`, { token });
          const published = await eventsOf(auth, alice.user.id);
          const last = published.findLast(({ type }) => type === 'tokens-invalidated');
          expect(Date.parse(String(last?.data['issuedBefore'])) - Date.now()).to.be.within(-60_000, 1_000);
          if (action === 'disable') return;
          expect(await works(await signIn(auth, { ...alice.user, password: newPassword }))).to.deep.equal([200, 200]);
        });
      }
    });
  }

  it('publishes sessions that end meanwhile, whose tokens are valid elsewhere', async () => {
    const alice = await signUp(auth);
    const other = await signIn(auth, alice.user);
    clock.set(2 * DAY_MS);
    const during = await signIn(auth, alice.user);
    const end = (sid: string) => auth.call('DELETE', `/v1/users/me/sessions/${sid}`, { token: during.accessToken });
    for (const one of [alice, other]) expect((await end(sessionOf(one))).status).to.equal(204);
    clock.set(0);
    for (const one of [alice, other]) expect((await works(one))[1]).to.equal(401);
  });

  it('treats a token that was used meanwhile as used later', async () => {
    const alice = await signUp(auth);
    clock.set(2 * DAY_MS);
    await refreshed(alice);
    clock.set(0);
    await auth.database.db.raw('UPDATE refresh_tokens SET used_at = used_at - INTERVAL 11 SECOND WHERE used_at IS NOT NULL');
    expect(await refreshStatus(auth, alice)).to.equal(401);
    expect((await eventsOf(auth, alice.user.id)).map(({ type }) => type)).to.deep.equal(['session-revoked']);
  });

  it('issues another pair within the grace period, whichever instance is off', async () => {
    for (const [first, second] of [
      [2 * DAY_MS, 0],
      [0, 2 * DAY_MS],
      [-2 * DAY_MS, 0],
    ] as const) {
      const alice = await signUp(auth);
      clock.set(first);
      await refreshed(alice);
      clock.set(second);
      await refreshed(alice);
      clock.set(0);
    }
  });

  it('is not ready, and reports why', async () => {
    const ready = () => auth.call('GET', '/health/ready');
    const checks = async () => ((await ready()).body as unknown as { checks: { database: string } }).checks;
    clock.set(3_600_000);
    expect((await checks()).database).to.match(/^The clock of this instance is 3\d\d\d\.\d s ahead of the database's/);
    clock.set(0);
    expect((await checks()).database).to.equal('ok');
  });

  it('deletes no live session', async () => {
    const alice = await signUp(auth);
    const old = await signUp(auth);
    const end = "UPDATE sessions SET ended_at = NOW(3) - INTERVAL 2 HOUR WHERE id = UNHEX(REPLACE(?, '-', ''))";
    clock.set(60 * DAY_MS);
    // The service's own pruning pauses while its clock is off. This one is another instance without a clock watch.
    const pruning = createSessionPruning(
      {
        db: auth.database.db,
        logger: createLogger({ service: 'test', level: 'error' }),
        metrics: createMetrics('test'),
        clocks: { whenReliable: (work) => work },
      },
      { everyS: 0.05, keepEndedS: 3600 },
    );
    pruning.start();
    try {
      await auth.database.db.raw(end, [sessionOf(old)]);
      const count = async (session: SignedIn) => {
        const sql = "SELECT COUNT(*) AS n FROM sessions WHERE id = UNHEX(REPLACE(?, '-', ''))";
        const [[row]] = (await auth.database.db.raw(sql, [sessionOf(session)])) as [[{ n: number }]];
        return Number(row.n);
      };
      await eventually(async () => expect(await count(old)).to.equal(0));
      expect(await count(alice)).to.equal(1);
    } finally {
      await pruning.stop();
    }
    clock.set(0);
    expect(await refreshStatus(auth, alice)).to.equal(200);
  });

  for (const offMs of [2 * DAY_MS, -2 * DAY_MS]) {
    it(`signs with the key of the right time, ${offMs / DAY_MS} days off, and publishes it`, async () => {
      const right = await startAuth();
      const { db } = right.database;
      await db.raw('UPDATE signing_keys SET published_until = NOW(3) - INTERVAL 1 SECOND');
      const key = await makeSigningKey(right.config.keyEncryptionKeys.current, 'ES256');
      await db.transaction((trx) => storeSigningKey(trx, key, { ordinal: 2, signsFrom: new Date(Date.now() - 1_000) }));
      clock.set(offMs);
      const other = await right.another();
      const { accessToken } = await signUp(other);
      const { body } = await other.call('GET', '/.well-known/jwks.json');
      const kids = (body as unknown as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
      expect(jwt.decode(accessToken, { complete: true })?.header.kid).to.equal(key.kid);
      expect(kids).to.deep.equal([key.kid]);
      await Promise.all([right.stop(), other.stop()]);
      await right.database.drop();
    });
  }
});
