import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from '../src/index.ts';
import { alice, audience, issuer, jwkOf, makeKey, secondsFromNow, tokenBy } from './issuer.ts';

const key = makeKey();
const nextKey = makeKey();
const REFRESH_MS = 60_000;

describe('verified tokens', () => {
  let clock: SinonFakeTimers | undefined;
  let verifier: TokenVerifier;
  let published: object[];
  let asked: number;

  const start = async (options: Partial<TokenVerifierOptions> = {}): Promise<TokenVerifier> => {
    published = [jwkOf(key)];
    asked = 0;
    const fetchKeys = async () => {
      asked++;
      return published as never;
    };
    verifier = createTokenVerifier({
      issuer,
      audience,
      refreshMs: REFRESH_MS,
      tokenLifeMs: 900_000,
      ...options,
      fetchKeys,
    } as TokenVerifierOptions);
    await verifier.start();
    return verifier;
  };
  afterEach(async () => {
    clock?.restore();
    clock = undefined;
    await verifier.stop();
  });
  const outcomeOf = (token: string): Promise<string> =>
    verifier.verify(token).then(
      ({ id }) => id,
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    );
  const fakeTime = (): SinonFakeTimers => {
    clock = useFakeTimers({
      now: Date.now(),
      toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    });
    return clock;
  };
  const REVOKED = 'UNAUTHENTICATED: The access token has been revoked.';

  it('are cached, so that a second verification costs a hash only', async () => {
    await start();
    const tokens = Array.from({ length: 300 }, () => tokenBy(key));
    const timed = async (): Promise<number> => {
      const startedAt = performance.now();
      for (const token of tokens) await verifier.verify(token);
      return performance.now() - startedAt;
    };
    const first = await timed();
    expect(verifier.remembers().tokens).to.equal(300);
    const again = Math.min(await timed(), await timed(), await timed());
    expect(again).to.be.lessThan(first / 2);
  });

  it('are cached up to a maximum, and an evicted one is verified again', async () => {
    await start({ maxTokens: 10 });
    const tokens = Array.from({ length: 50 }, () => tokenBy(key));
    for (const token of tokens) expect(await outcomeOf(token)).to.equal(alice.id);
    expect(verifier.remembers().tokens).to.equal(10);
    expect(await outcomeOf(tokens[0] ?? '')).to.equal(alice.id);
  });

  it('do not make similar tokens valid', async () => {
    await start();
    const token = tokenBy(key);
    expect(await outcomeOf(token)).to.equal(alice.id);
    for (const other of [`${token}A`, token.slice(0, -1), token.replace('.', '..'), ` ${token}`]) {
      expect(await outcomeOf(other)).to.match(/^UNAUTHENTICATED/);
    }
  });

  it('return the same frozen user to many requests', async () => {
    await start();
    const token = tokenBy(key);
    const user = await verifier.verify(token);
    expect(() => (user.roles as string[]).push('admin')).to.throw(TypeError);
    expect(() => Object.assign(user, { id: 'bob' })).to.throw(TypeError);
  });

  for (const seen of [true, false]) {
    describe(seen ? 'when seen before' : 'when new', () => {
      const look = async (token: string): Promise<void> => {
        if (seen) expect(await outcomeOf(token)).to.equal(alice.id);
      };

      it('are tolerated for 60 s after they expired, and no longer', async () => {
        fakeTime();
        await start();
        const token = tokenBy(key, { exp: secondsFromNow(10) });
        await look(token);
        clock?.tick(69_000);
        expect(await outcomeOf(token)).to.equal(alice.id);
        clock?.tick(2_000);
        expect(await outcomeOf(token)).to.equal('UNAUTHENTICATED: The access token has expired.');
      });

      it('are rejected once their session has been revoked', async () => {
        await start();
        const token = tokenBy(key);
        await look(token);
        verifier.applyRevocation({
          type: 'session-revoked',
          time: new Date().toISOString(),
          data: { sid: alice.sessionId, userId: alice.id, expiresAt: new Date(Date.now() + 900_000).toISOString() },
        });
        expect(await outcomeOf(token)).to.equal(REVOKED);
        expect(await outcomeOf(tokenBy(key, { sid: '018f4e1e-9c3a-7000-8000-000000005e56' }))).to.equal(alice.id);
      });

      it('of the previous release are rejected if they were issued before the revocation, to fractions of a second', async () => {
        await start();
        const now = Date.now();
        const [before, after] = [now - 1, now].map((ms) => tokenBy(key, { iat: ms / 1000 }));
        await look(String(before));
        await look(String(after));
        verifier.applyRevocation({
          type: 'tokens-invalidated',
          time: new Date().toISOString(),
          data: { userId: alice.id, issuedBefore: new Date(now).toISOString() },
        });
        expect(await outcomeOf(String(before))).to.equal(REVOKED);
        expect(await outcomeOf(String(after))).to.equal(alice.id);
      });

      it('are distinguished within one second by their milliseconds', async () => {
        await start();
        const secondMs = Math.floor(Date.now() / 1000) * 1000;
        const issued = (ms: number, claims: object = { iat_ms: ms }) => tokenBy(key, { iat: Math.floor(ms / 1000), ...claims });
        const before = [
          issued(secondMs + 499),
          // Without valid milliseconds the beginning of the second counts.
          issued(secondMs + 700, {}),
          issued(secondMs + 700, { iat_ms: String(secondMs + 700) }),
          issued(secondMs + 700, { iat_ms: secondMs + 1_700 }),
          issued(secondMs + 700, { iat_ms: secondMs + 700.5 }),
        ];
        const after = issued(secondMs + 500);
        for (const token of [...before, after]) await look(token);
        verifier.applyRevocation({
          type: 'tokens-invalidated',
          time: new Date().toISOString(),
          data: { userId: alice.id, issuedBefore: new Date(secondMs + 500).toISOString() },
        });
        for (const token of before) expect(await outcomeOf(token)).to.equal(REVOKED);
        expect(await outcomeOf(after)).to.equal(alice.id);
      });

      it('are rejected once their key is no longer published, or has changed under the same id', async () => {
        for (const replacement of [jwkOf(nextKey), jwkOf({ ...nextKey, kid: key.kid })]) {
          fakeTime();
          await start();
          const token = tokenBy(key);
          await look(token);
          published = [replacement];
          await clock?.tickAsync(REFRESH_MS);
          expect(asked).to.equal(2);
          expect(await outcomeOf(token)).to.equal('UNAUTHENTICATED: The access token is not valid.');
          clock?.restore();
          await verifier.stop();
        }
      });
    });
  }

  it('stay cached when their key is published unchanged', async () => {
    fakeTime();
    await start();
    const token = tokenBy(key);
    await verifier.verify(token);
    await clock?.tickAsync(REFRESH_MS * 3);
    const startedAt = verifier.remembers().tokens;
    expect(await outcomeOf(token)).to.equal(alice.id);
    expect(verifier.remembers().tokens).to.equal(startedAt);
  });

  it('are checked without expired revocations', async () => {
    fakeTime();
    await start();
    verifier.applyRevocation({
      type: 'tokens-invalidated',
      time: new Date().toISOString(),
      data: { userId: alice.id, issuedBefore: new Date().toISOString() },
    });
    expect(verifier.remembers().revocations).to.equal(1);
    await clock?.tickAsync(900_000 + 60_000 + 60_001);
    expect(verifier.remembers().revocations).to.equal(0);
  });

  it('are tolerated 60 s from the future, in iat and nbf, and no further', async () => {
    fakeTime();
    await start();
    for (const claim of ['iat', 'nbf']) {
      expect(await outcomeOf(tokenBy(key, { [claim]: secondsFromNow(60) }))).to.equal(alice.id);
      expect(await outcomeOf(tokenBy(key, { [claim]: secondsFromNow(62) }))).to.match(/^UNAUTHENTICATED/);
    }
  });

  describe('under a steady flood of unknown kids', () => {
    it('a new key works within 5 s, without more fetches', async () => {
      fakeTime();
      await start();
      await clock?.tickAsync(10_000);
      const good = tokenBy(nextKey);
      let learntAfterMs = Number.POSITIVE_INFINITY;
      published = [jwkOf(key)];
      await outcomeOf(tokenBy(makeStranger()));
      published = [jwkOf(key), jwkOf(nextKey)];
      for (let ms = 0; ms < 20_000; ms += 100) {
        for (let count = 0; count < 5; count++) expect(await outcomeOf(tokenBy(makeStranger()))).to.match(/^UNAUTHENTICATED/);
        if ((await outcomeOf(good)) === alice.id) learntAfterMs = Math.min(learntAfterMs, ms);
        await clock?.tickAsync(100);
      }
      expect(learntAfterMs).to.be.at.most(5_000);
      expect(asked).to.be.within(5, 6);
    });

    it('a key published ahead of its use is learned by the scheduled renewal, without a rejection', async () => {
      fakeTime();
      await start();
      published = [jwkOf(key), jwkOf(nextKey)];
      for (let ms = 0; ms < REFRESH_MS * 2; ms += 1_000) {
        await outcomeOf(tokenBy(makeStranger()));
        await clock?.tickAsync(1_000);
      }
      expect(await outcomeOf(tokenBy(nextKey))).to.equal(alice.id);
    });

    let strangers = 0;
    const makeStranger = () => ({ ...nextKey, kid: `stranger-${strangers++}` });
  });
});
