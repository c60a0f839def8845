import { expect } from 'chai';
import { checkTimeline, type TimelineFacts } from './check-timeline.ts';

type Step = TimelineFacts['steps'][number];

/** Steps whose event id is their type. A suffix makes another id: `paid#2`. */
function steps(...names: string[]): Step[] {
  return names.map((name) => ({ eventId: name, type: `purchase-${name.split('#')[0]}` }));
}

function check(
  state: Pick<TimelineFacts, 'status' | 'refund'>,
  shown: Step[],
  { published = shown, reissued = [] as string[] } = {},
): string[] {
  const consumed = new Map([['p1', new Map(published.map(({ eventId, type }) => [eventId, type]))]]);
  return checkTimeline({ id: 'p1', ...state, steps: shown }, { consumed, reissued: new Set(reissued) }).map(
    (finding) => finding.check,
  );
}

const paid = { status: 'paid', refund: 'none' } as const;
const refunded = { status: 'cancelled', refund: 'done' } as const;
const notCharged = { status: 'cancelled', refund: 'none' } as const;

describe('checkTimeline', () => {
  it('accepts every valid course of a purchase', () => {
    expect(check(paid, steps('requested', 'paid'))).to.deep.equal([]);
    expect(check({ status: 'declined', refund: 'none' }, steps('requested', 'declined'))).to.deep.equal([]);
    expect(check(refunded, steps('requested', 'paid', 'cancelled', 'refunded'))).to.deep.equal([]);
    expect(check(refunded, steps('requested', 'cancelled', 'paid', 'refunded'))).to.deep.equal([]);
    expect(check(refunded, steps('requested', 'paid', 'shipped', 'cancelled', 'refunded'))).to.deep.equal([]);
    expect(check(notCharged, steps('requested', 'cancelled', 'declined', 'refunded'))).to.deep.equal([]);
  });

  it('expects one more outcome event for a reissued request', () => {
    const shown = steps('requested', 'paid', 'paid#2');
    const published = [...shown, ...steps('requested#2')];
    expect(check(paid, shown, { published, reissued: ['requested#2'] })).to.deep.equal([]);
  });

  it('accepts refunds that are asked for and answered again, and finds one without an answer', () => {
    const refunds = (...names: string[]): Step[] => names.map((name) => ({ eventId: name, type: name.split('#')[0] ?? '' }));
    const shown = [...steps('requested', 'paid'), ...refunds('refund-requested', 'refund-posted')];
    const published = [...shown, ...refunds('refund-requested#2', 'refund-posted#2')];
    expect(check(paid, shown, { published })).to.deep.equal([]);
    expect(check(paid, shown.slice(0, -1), { published })).to.include('every refund has one answer');
  });

  it('finds a repeated event', () => {
    expect(check(paid, steps('requested', 'paid', 'paid'))).to.include('a timeline has each event once');
  });

  it('finds a published event that is missing, and an event that was not published', () => {
    expect(check(paid, steps('requested', 'paid'), { published: steps('requested', 'paid', 'paid#2') })).to.include(
      'a timeline has every published event',
    );
    expect(check(paid, steps('requested', 'paid', 'paid#2'), { published: steps('requested', 'paid') })).to.include(
      'a timeline has only published events',
    );
  });

  it('finds a request without an outcome event, and one with two', () => {
    expect(check(refunded, steps('requested', 'paid', 'cancelled'))).to.include('every request has one outcome event');
    expect(check(paid, steps('requested', 'paid', 'paid#2'))).to.include('every request has one outcome event');
  });

  it('finds a status that the timeline does not explain', () => {
    const name = 'a timeline explains the status of its purchase';
    expect(check(paid, steps('requested', 'declined'))).to.include(name);
    expect(check(paid, steps('requested', 'paid', 'cancelled', 'refunded'))).to.include(name);
    expect(check(refunded, steps('requested', 'paid', 'refunded'))).to.include(name);
    // Cancelled before requested: the order of the purchase's events was lost.
    expect(check(notCharged, steps('requested', 'cancelled', 'refunded', 'refunded#2'))).to.include(name);
  });

  it('finds two decisions', () => {
    expect(check(refunded, steps('requested', 'paid', 'declined', 'cancelled', 'refunded'))).to.include(
      'a purchase has one decision',
    );
  });
});
