import { expect } from 'chai';
import fc from 'fast-check';
import { createSessionModel } from './refresh-model.ts';
import { type RunningAuth, sessionOf, signUp, startAuth, stopAll } from './start-auth.ts';

/** Presents the token that is `back` tokens older than the newest, then lets time pass. */
const step = fc.record({ back: fc.nat({ max: 4 }), thenS: fc.constantFrom(0, 0, 0, 60) });

/** The service answers any sequence of live, used, replaced and repeated tokens as the model does. */
describe('the refresh tokens of a session', function () {
  this.timeout(60_000);
  let auth: RunningAuth;
  before(async () => {
    auth = await startAuth();
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const passSeconds = (session: Buffer, seconds: number) =>
    auth.database.db.raw('UPDATE refresh_tokens SET used_at = used_at - INTERVAL ? SECOND WHERE session_id = ?', [
      seconds,
      session,
    ]);

  it('are answered as in the model', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const alice = await signUp(auth);
        const session = Buffer.from(sessionOf(alice).replaceAll('-', ''), 'hex');
        const model = createSessionModel();
        const tokens = [alice.refreshToken];
        let now = new Date('2026-01-01T00:00:00Z');
        for (const { back, thenS } of steps) {
          const index = Math.max(0, tokens.length - 1 - back);
          const { status, body } = await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: tokens[index] } });
          const expected = model.present(index, now);
          expect(status, `token ${index} of ${tokens.length}`).to.equal(expected.outcome === 'issued' ? 200 : 401);
          if (expected.outcome === 'issued') tokens.push(String(body.data['refreshToken']));
          await passSeconds(session, thenS);
          now = new Date(now.getTime() + thenS * 1000);
        }
        const [rows] = (await auth.database.db.raw(
          'SELECT s.ended_at FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE s.id = ?',
          [session],
        )) as [{ ended_at: Date | null }[]];
        expect(rows[0]?.ended_at !== null).to.equal(model.hasEnded());
        expect(rows).to.have.length(model.size());
      }),
      { numRuns: 40 },
    );
  });
});
