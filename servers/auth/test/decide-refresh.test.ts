import { expect } from 'chai';
import { decideRefresh, type RefreshDecision, type TokenState } from '../src/sessions/decide-refresh.ts';

const now = new Date('2026-01-01T00:01:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const unused: TokenState = { usedAt: null, revokedAt: null };
const used = (ms: number): TokenState => ({ usedAt: ago(ms), revokedAt: null });
const revoked: TokenState = { usedAt: null, revokedAt: ago(1) };

const table: [name: string, token: TokenState, successor: TokenState | undefined, decision: RefreshDecision][] = [
  ['an unused one', unused, undefined, 'rotate'],
  ['one revoked a moment ago', revoked, undefined, 'refuse'],
  ['one revoked 10 s ago', { usedAt: null, revokedAt: ago(10_000) }, undefined, 'refuse'],
  ['one revoked longer ago', { usedAt: null, revokedAt: ago(10_001) }, undefined, 'end-session'],
  ['one used a moment ago, its successor unused', used(1), unused, 'replace-successor'],
  ['one used 10 s ago, its successor unused', used(10_000), unused, 'replace-successor'],
  ['one used longer ago, its successor unused', used(10_001), unused, 'end-session'],
  ['one used a moment ago, its successor used', used(2), used(1), 'end-session'],
  ['one used a moment ago, its successor revoked', used(2), revoked, 'end-session'],
];

describe('decideRefresh', () => {
  for (const [name, token, successor, decision] of table) {
    it(`meets ${name}: ${decision}`, () => {
      expect(decideRefresh(token, successor, now)).to.equal(decision);
    });
  }
});
