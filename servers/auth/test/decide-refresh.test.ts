import { expect } from 'chai';
import { decideRefresh, type RefreshDecision, type TokenState } from '../src/sessions/decide-refresh.ts';

const now = new Date('2026-01-01T00:01:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const unused: TokenState = { usedAt: null, revokedAt: null };
const used = (ms: number): TokenState => ({ usedAt: ago(ms), revokedAt: null });
const replaced = (ms: number): TokenState => ({ usedAt: null, revokedAt: ago(ms) });

const table: [name: string, token: TokenState, successor: TokenState | undefined, decision: RefreshDecision][] = [
  ['a live token', unused, undefined, 'rotate'],
  ['a replaced token a moment later', replaced(1), undefined, 'reject'],
  ['a replaced token 10 s later', replaced(10_000), undefined, 'reject'],
  ['a replaced token 11 s later', replaced(11_000), undefined, 'reject'],
  ['a replaced token 30 days later', replaced(30 * 86_400_000), undefined, 'reject'],
  ['a token used a moment ago, its successor unused', used(1), unused, 'replace-successor'],
  ['a token used 10 s ago, its successor unused', used(10_000), unused, 'replace-successor'],
  ['a token used longer ago, its successor unused', used(10_001), unused, 'end-session'],
  ['a token used a moment ago, its successor used', used(2), used(1), 'end-session'],
  ['a token used long ago, its successor used', used(900_000), used(1), 'end-session'],
  ['a token used a moment ago, its successor replaced', used(2), replaced(1), 'end-session'],
  ['a token used a moment ago, its successor unknown', used(2), undefined, 'end-session'],
  ['a token used by an instance whose clock is ahead', used(-500), unused, 'replace-successor'],
  ['a token used by an instance whose clock is 10 s ahead', used(-10_000), unused, 'replace-successor'],
  ['a token used by an instance whose clock was further ahead', used(-10_001), unused, 'end-session'],
  ['a token that is used and marked replaced', { usedAt: ago(11_000), revokedAt: ago(1) }, unused, 'end-session'],
];

describe('decideRefresh', () => {
  for (const [name, token, successor, decision] of table) {
    it(`answers ${decision} to ${name}`, () => {
      expect(decideRefresh(token, successor, now)).to.equal(decision);
    });
  }
});
