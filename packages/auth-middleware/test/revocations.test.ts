import { expect } from 'chai';
import fc from 'fast-check';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { steadyClock } from '../src/clock.ts';
import { createRevocations, type Revocation } from '../src/revocations.ts';

const MINUTE_MS = 60_000;
const TOKEN_LIFE_MS = 15 * MINUTE_MS;
const START_MS = Date.parse('2026-11-21T08:00:00.000Z');
const isoAt = (ms: number): string => new Date(ms).toISOString();

describe('revocations', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = useFakeTimers({ now: START_MS, toFake: ['Date'] });
  });
  afterEach(() => clock.restore());

  const revocations = (maxEntries?: number) =>
    createRevocations({ tokenLifeMs: TOKEN_LIFE_MS, clockToleranceMs: MINUTE_MS, maxEntries });
  const ended = (sid: string, expiresAtMs = Date.now() + TOKEN_LIFE_MS): Revocation => ({
    type: 'session-revoked',
    time: isoAt(Date.now()),
    data: { sid, userId: 'alice', expiresAt: isoAt(expiresAtMs) },
  });
  const voided = (userId: string, issuedBeforeMs = Date.now()): Revocation => ({
    type: 'tokens-invalidated',
    time: isoAt(Date.now()),
    data: { userId, issuedBefore: isoAt(issuedBeforeMs) },
  });
  const token = ({ userId = 'alice', sessionId = 'phone', issuedAtMs = START_MS - 1000 } = {}) => ({
    userId,
    sessionId,
    issuedAtMs,
  });

  it('blocks the revoked session, and no other', () => {
    const { apply, blocks } = revocations();
    apply(ended('phone'));
    expect(blocks(token())).to.equal(true);
    expect(blocks(token({ sessionId: 'laptop' }))).to.equal(false);
  });

  it("blocks a user's tokens from before a moment, to the millisecond", () => {
    const { apply, blocks } = revocations();
    apply(voided('alice', START_MS));
    expect(blocks(token({ issuedAtMs: START_MS - 1 }))).to.equal(true);
    expect(blocks(token({ issuedAtMs: START_MS }))).to.equal(false);
    expect(blocks(token({ userId: 'bob', issuedAtMs: START_MS - 1 }))).to.equal(false);
  });

  it('keeps the latest time, whatever the order of events', () => {
    const { apply, blocks } = revocations();
    apply(voided('alice', START_MS));
    apply(voided('alice', START_MS - 5000));
    expect(blocks(token({ issuedAtMs: START_MS - 1 }))).to.equal(true);
  });

  it('deletes a revocation when the tokens that it blocks have expired, allowing for clock differences', () => {
    const { apply, blocks, removeExpired, size } = revocations();
    apply(ended('phone'));
    apply(voided('bob'));
    clock.tick(TOKEN_LIFE_MS + MINUTE_MS);
    removeExpired();
    expect(size()).to.equal(2);
    expect(blocks(token())).to.equal(true);
    clock.tick(1);
    removeExpired();
    expect(size()).to.equal(0);
  });

  it('ignores revocations that block no valid token, and unreadable ones', () => {
    const { apply, size } = revocations();
    apply(ended('phone', START_MS - MINUTE_MS - 1));
    apply(voided('bob', START_MS - TOKEN_LIFE_MS - MINUTE_MS - 1));
    apply({ type: 'session-revoked', time: isoAt(START_MS), data: { sid: 'phone', userId: 'alice', expiresAt: 'soon' } });
    apply({ type: 'session-renamed', time: isoAt(START_MS), data: {} } as never);
    expect(size()).to.equal(0);
  });

  it('makes room by deleting expired entries', () => {
    const { apply, blocks, size } = revocations(1_000);
    for (let index = 0; index < 900; index++) apply(ended(`old-${index}`));
    clock.tick(TOKEN_LIFE_MS + MINUTE_MS + 1);
    for (let index = 0; index < 900; index++) apply(ended(`new-${index}`));
    expect(size()).to.equal(900);
    expect(blocks(token({ userId: 'carol', sessionId: 'elsewhere', issuedAtMs: Date.now() - 1000 }))).to.equal(false);
  });

  it('invalidates all older tokens beyond its maximum rather than forget a revocation', () => {
    const { apply, blocks, size } = revocations(1_000);
    for (let index = 0; index < 1_001; index++) apply(ended(`session-${index}`));
    expect(size()).to.equal(0);
    for (const index of [0, 500, 1_000])
      expect(blocks(token({ sessionId: `session-${index}`, issuedAtMs: START_MS }))).to.equal(true);
    expect(blocks(token({ userId: 'bob', sessionId: 'laptop', issuedAtMs: START_MS }))).to.equal(true);
    expect(blocks(token({ userId: 'bob', sessionId: 'laptop', issuedAtMs: START_MS + 1 }))).to.equal(false);
  });

  it('has bounded memory', () => {
    const { apply, size } = revocations();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 150_000; index++) {
      apply(index % 2 === 0 ? ended(`session-${index}`) : voided(`user-${index}`));
      if (index % 10_000 === 0) expect(size()).to.be.at.most(100_000);
    }
    expect(process.memoryUsage().heapUsed - before).to.be.lessThan(300 * 1024 * 1024);
  });

  it('never accepts a revoked token, whatever the number and order of revocations', () => {
    const user = fc.integer({ min: 0, max: 9 }).map((n) => `user-${n}`);
    const session = fc.integer({ min: 0, max: 30 }).map((n) => `session-${n}`);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('end' as const), session }),
      fc.record({ kind: fc.constant('void' as const), user, agoMs: fc.integer({ min: 0, max: 5_000 }) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4 * MINUTE_MS }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (steps, maxEntries) => {
        const { apply, blocks, size } = revocations(maxEntries);
        const endedAt = new Map<string, number>();
        const voidedBefore = new Map<string, number>();
        for (const each of steps) {
          const now = Date.now();
          if (each.kind === 'wait') clock.tick(each.ms);
          else if (each.kind === 'end') {
            apply(ended(each.session));
            endedAt.set(each.session, now);
          } else {
            apply(voided(each.user, now - each.agoMs));
            voidedBefore.set(each.user, Math.max(now - each.agoMs, voidedBefore.get(each.user) ?? 0));
          }
          expect(size()).to.be.at.most(maxEntries);
        }
        const isAlive = (issuedAtMs: number): boolean => Date.now() <= issuedAtMs + TOKEN_LIFE_MS + MINUTE_MS;
        for (const [sessionId, at] of endedAt) {
          if (isAlive(at)) expect(blocks({ userId: 'somebody', sessionId, issuedAtMs: at })).to.equal(true);
        }
        for (const [userId, before] of voidedBefore) {
          if (isAlive(before - 1)) expect(blocks({ userId, sessionId: 'any', issuedAtMs: before - 1 })).to.equal(true);
        }
      }),
    );
  });

  it('report when they are too many, and all tokens are rejected', () => {
    let full = 0;
    const { apply, blocks } = createRevocations({
      tokenLifeMs: TOKEN_LIFE_MS,
      clockToleranceMs: MINUTE_MS,
      maxEntries: 2,
      onFull: () => full++,
    });
    const time = new Date().toISOString();
    const expiresAt = new Date(Date.now() + TOKEN_LIFE_MS).toISOString();
    for (const sid of ['one', 'two', 'three'])
      apply({ type: 'session-revoked', time, data: { sid, userId: 'alice', expiresAt } });
    expect(full).to.equal(1);
    expect(blocks({ userId: 'bob', sessionId: 'another', issuedAtMs: Date.now() - 1_000 })).to.equal(true);
  });

  describe('of a fast clock', () => {
    const DAYS_MS = 2 * 86_400_000;
    const told = (sequence: number, issuedBeforeMs: number): Revocation => ({
      ...voided('alice', issuedBeforeMs),
      sequence: String(sequence).padStart(20, '0'),
    });
    const issued = (ms: number) => token({ issuedAtMs: START_MS + ms });

    it('are corrected by a later event of the user, and invalidate tokens issued before it', () => {
      const { apply, blocks } = revocations();
      apply(told(9, START_MS + DAYS_MS));
      apply(told(10, START_MS + 500));
      expect(blocks(issued(499))).to.equal(true);
      expect(blocks(issued(500))).to.equal(false);
    });

    it('stay corrected when both events are repeated in order', () => {
      const { apply, blocks } = revocations();
      for (const _ of [1, 2]) {
        apply(told(9, START_MS + 600_000));
        apply(told(10, START_MS + 500));
      }
      expect(blocks(issued(499))).to.equal(true);
      expect(blocks(issued(500))).to.equal(false);
    });

    it('are not corrected by an event with a lower sequence', () => {
      const { apply, blocks } = revocations();
      apply(told(10, START_MS + 500));
      apply(told(3, START_MS + 400));
      expect(blocks(issued(499))).to.equal(true);
      apply(told(4, START_MS + 700));
      expect(blocks(issued(699))).to.equal(true);
      expect(blocks(issued(700))).to.equal(false);
    });

    it('invalidate tokens issued up to now, if the time is further ahead than the life of a token', () => {
      const { apply, blocks } = revocations();
      apply(told(9, START_MS + DAYS_MS));
      expect(blocks(issued(-1))).to.equal(true);
      expect(blocks(issued(1))).to.equal(false);
    });

    it('do not invalidate later tokens when there are too many', () => {
      const { apply, blocks, size } = revocations(3);
      apply(told(9, START_MS + DAYS_MS));
      apply({ ...ended('phone'), time: isoAt(START_MS + DAYS_MS) });
      for (const sid of ['one', 'two']) apply(ended(sid));
      expect(size()).to.equal(0);
      expect(blocks(issued(0))).to.equal(true);
      expect(blocks({ ...issued(TOKEN_LIFE_MS + 2), sessionId: 'laptop' })).to.equal(false);
    });
  });

  it('are not forgotten while the clock of the service is fast', () => {
    const { apply, blocks, removeExpired, size } = createRevocations({
      tokenLifeMs: TOKEN_LIFE_MS,
      clockToleranceMs: MINUTE_MS,
      clock: steadyClock(),
    });
    apply(ended('phone'));
    apply(voided('bob'));
    clock.setSystemTime(START_MS + 2 * 86_400_000);
    removeExpired();
    apply(ended('tablet', START_MS + TOKEN_LIFE_MS));
    clock.setSystemTime(START_MS + 20_000);
    removeExpired();
    expect(size()).to.equal(3);
    for (const sessionId of ['phone', 'tablet']) expect(blocks(token({ sessionId }))).to.equal(true);
    expect(blocks(token({ userId: 'bob', sessionId: 'laptop' }))).to.equal(true);
  });
});
