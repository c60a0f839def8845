import { expect } from 'chai';
import fc from 'fast-check';
import { createSessionModel, type SessionModel } from './refresh-model.ts';

const GRACE_MS = 10_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');

/**
 * The tabs of one browser share a store. All refresh at about the same time, each with the token in the store; each sends it
 * again until an answer arrives (`attempts`). `arrivals`: the order in which the tabs' requests reach the service. `answers`: the
 * order in which the answers reach the browser.
 */
type Episode = { arrivals: readonly number[]; answers: readonly number[]; atMs: readonly number[] };

const episode: fc.Arbitrary<Episode> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })
  .chain((attempts) => {
    const requests = attempts.flatMap((count, tab) => Array.from({ length: count }, () => tab));
    const tabs = attempts.map((_, tab) => tab);
    const offset = fc.integer({ min: 0, max: GRACE_MS });
    return fc.record({
      arrivals: fc.shuffledSubarray(requests, { minLength: requests.length }),
      answers: fc.shuffledSubarray(tabs, { minLength: tabs.length }),
      atMs: fc.array(offset, { minLength: requests.length, maxLength: requests.length }).map((all) => all.sort((a, b) => a - b)),
    });
  });

/** Plays one refresh of all tabs; returns the last answer of each tab. */
function play(session: SessionModel, { arrivals, atMs }: Episode, held: { token: number; startMs: number }): Map<number, number> {
  const got = new Map<number, number>();
  for (const [index, tab] of arrivals.entries()) {
    const answer = session.present(held.token, new Date(held.startMs + (atMs[index] ?? 0)));
    expect(answer.outcome, `request ${index} of tab ${tab}`).to.equal('issued');
    if (answer.outcome === 'issued') got.set(tab, answer.token);
  }
  return got;
}

describe('a session', () => {
  it('stays open for the tabs of a browser that keeps the newest token, whatever is lost, repeated or reordered', () => {
    fc.assert(
      fc.property(fc.array(episode, { minLength: 1, maxLength: 8 }), fc.boolean(), (episodes, marksReplaced) => {
        const session = createSessionModel({ marksReplaced });
        let kept = session.first;
        const replaced: number[] = [];
        for (const [index, each] of episodes.entries()) {
          const startMs = START_MS + index * 60_000;
          const got = play(session, each, { token: kept, startMs });
          for (const tab of each.answers) kept = Math.max(kept, got.get(tab) ?? 0);
          replaced.push(...[...got.values()].filter((token) => token !== kept));
          for (const token of replaced) {
            expect(session.present(token, new Date(startMs + 30_000)).outcome).to.equal('refused');
          }
          expect(session.hasEnded()).to.equal(false);
        }
        expect(session.present(kept, new Date(START_MS + 3_600_000)).outcome).to.equal('issued');
        if (!marksReplaced) expect(session.size(), 'one row for each refresh of all tabs').to.equal(episodes.length + 2);
      }),
    );
  });

  it('stays open for tabs that keep the last answer, by the newest token', () => {
    fc.assert(
      fc.property(fc.array(episode, { minLength: 1, maxLength: 8 }), fc.boolean(), (episodes, marksReplaced) => {
        const session = createSessionModel({ marksReplaced });
        let kept = session.first;
        for (const [index, each] of episodes.entries()) {
          const startMs = START_MS + index * 60_000;
          const got = play(session, each, { token: kept, startMs });
          const last = got.get(each.answers.at(-1) ?? 0) ?? 0;
          const newest = Math.max(...got.values());
          if (last !== newest) expect(session.present(last, new Date(startMs + 30_000)).outcome).to.equal('refused');
          expect(session.hasEnded()).to.equal(false);
          kept = newest;
        }
      }),
    );
  });

  it('ends when a used token is presented again, by anybody, except within 10 s while its successor is unused', () => {
    const refreshes = fc.array(episode, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(refreshes, fc.nat(), fc.integer({ min: 0, max: 120_000 }), (episodes, choice, laterMs) => {
        const session = createSessionModel();
        const used: { token: number; atMs: number }[] = [];
        const issued = [session.first];
        let kept = session.first;
        for (const [index, each] of episodes.entries()) {
          const startMs = START_MS + index * 60_000;
          used.push({ token: kept, atMs: startMs + (each.atMs[0] ?? 0) });
          const got = play(session, each, { token: kept, startMs });
          issued.push(...got.values());
          kept = Math.max(...got.values());
        }
        const stolen = used[choice % used.length];
        if (stolen === undefined) return;
        const nowMs = Math.max(START_MS + (episodes.length - 1) * 60_000 + GRACE_MS, stolen.atMs) + laterMs;
        const isTolerated = stolen === used.at(-1) && nowMs - stolen.atMs <= GRACE_MS;
        expect(session.present(stolen.token, new Date(nowMs)).outcome).to.equal(isTolerated ? 'issued' : 'refused');
        expect(session.hasEnded()).to.equal(!isTolerated);
        if (isTolerated) return;
        for (const token of issued) expect(session.present(token, new Date(nowMs)).outcome).to.equal('refused');
      }),
    );
  });
});
