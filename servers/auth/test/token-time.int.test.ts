import { createTokenVerifier } from '@florin/auth-middleware';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import {
  eventsOf,
  password,
  type RunningAuth,
  type SignedIn,
  signIn,
  signInAdmin,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

type Claims = { iat: number; exp: number; iat_ms: number };

const claimsOf = (accessToken: string): Claims => jwt.decode(accessToken) as unknown as Claims;

/** Compares a token with `tokens-invalidated` as a verifier of the previous release does. */
const isVoidForReleaseBefore = (accessToken: string, issuedBefore: string): boolean =>
  Math.round(claimsOf(accessToken).iat * 1000) < Date.parse(issuedBefore);

describe('the times in access tokens', function () {
  this.timeout(60_000);
  let auth: RunningAuth;
  let admin: SignedIn;
  before(async () => {
    auth = await startAuth();
    admin = await signInAdmin(auth);
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const refresh = async ({ refreshToken }: { refreshToken: string }): Promise<SignedIn> =>
    (await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken } })).body.data as SignedIn;
  const setRoles = (userId: string, roles: readonly string[]) =>
    auth.call('PUT', `/v1/users/${userId}/roles`, { token: admin.accessToken, body: { roles } });
  /** The last published `issuedBefore` of the user. */
  const issuedBeforeOf = async (userId: string): Promise<string> =>
    String((await eventsOf(auth, userId)).findLast(({ type }) => type === 'tokens-invalidated')?.data['issuedBefore']);

  it('are whole seconds, with the milliseconds in a separate claim', async () => {
    const signedUp = await signUp(auth);
    for (const { accessToken } of [signedUp, await signIn(auth, signedUp.user), await refresh(signedUp)]) {
      const { iat, exp, iat_ms } = claimsOf(accessToken);
      expect(iat).to.satisfy(Number.isSafeInteger);
      expect(exp).to.equal(iat + 900);
      expect(Math.floor(iat_ms / 1000)).to.equal(iat);
      expect(iat_ms).to.be.within(Date.now() - 10_000, Date.now());
    }
  });

  it('distinguish tokens before and after a password change, in this release and the previous one, within one second', async () => {
    const alice = await signUp(auth);
    const earlier = await signIn(auth, alice.user);
    const newPassword = 'battery staple correct';
    const change = { currentPassword: password, newPassword };
    const { status } = await auth.call('POST', '/v1/users/me/password', { token: alice.accessToken, body: change });
    expect(status).to.equal(204);
    const later = await Promise.all([refresh(alice), signIn(auth, { email: alice.user.email, password: newPassword })]);
    const receivedAtS = Date.now() / 1000;
    const issuedBefore = await issuedBeforeOf(alice.user.id);
    const { issuer, audience } = auth.config.jwt;
    const verifier = createTokenVerifier({ jwksUrl: `${auth.url}/.well-known/jwks.json`, issuer, audience, refreshMs: 60_000 });
    await verifier.start();
    verifier.applyRevocation({
      type: 'tokens-invalidated',
      time: new Date().toISOString(),
      data: { userId: alice.user.id, issuedBefore },
    });
    const isVoid = (token: string): Promise<boolean> =>
      verifier.verify(token).then(
        () => false,
        () => true,
      );
    for (const { accessToken } of [alice, earlier]) {
      expect(isVoidForReleaseBefore(accessToken, issuedBefore)).to.equal(true);
      expect(await isVoid(accessToken)).to.equal(true);
    }
    for (const { accessToken } of later) {
      expect(isVoidForReleaseBefore(accessToken, issuedBefore)).to.equal(false);
      expect(await isVoid(accessToken)).to.equal(false);
      expect(claimsOf(accessToken).iat, 'a strict verifier rejects a token from the future').to.be.at.most(receivedAtS);
    }
    await verifier.stop();
  });

  it('distinguish them also when tokens become void repeatedly', async () => {
    let alice = await signUp(auth);
    for (let round = 0; round < 4; round++) {
      await setRoles(alice.user.id, round % 2 === 0 ? ['staff'] : ['buyer']);
      const issuedBefore = await issuedBeforeOf(alice.user.id);
      expect(isVoidForReleaseBefore(alice.accessToken, issuedBefore)).to.equal(true);
      alice = await refresh(alice);
      expect(isVoidForReleaseBefore(alice.accessToken, issuedBefore)).to.equal(false);
      expect(claimsOf(alice.accessToken).iat).to.be.at.most(Date.now() / 1000);
    }
  });

  it('follow a time that an instance of the previous release has published, in the middle of a second', async () => {
    const alice = await signUp(auth);
    const validFrom = new Date(Math.floor(Date.now() / 1000) * 1000 + 500);
    await auth.database.db.raw('UPDATE users SET tokens_valid_from = ? WHERE email = ?', [validFrom, alice.user.email]);
    const { accessToken } = await refresh(alice);
    expect(isVoidForReleaseBefore(accessToken, validFrom.toISOString())).to.equal(false);
    expect(claimsOf(accessToken).iat).to.be.at.most(Date.now() / 1000);
  });

  it('delay an answer by at most a second, however far ahead a clock was', async () => {
    const alice = await signUp(auth);
    const validFrom = new Date(Date.now() + 3_600_000);
    await auth.database.db.raw('UPDATE users SET tokens_valid_from = ? WHERE email = ?', [validFrom, alice.user.email]);
    await refresh(alice);
  });
});
