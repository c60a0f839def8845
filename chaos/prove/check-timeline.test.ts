import { expect } from 'chai';
import { checkTimeline, type TimelineFacts } from './check-timeline.ts';

type Step = TimelineFacts['steps'][number];

/** Each event's id is its type unless it says otherwise: `purchase-paid#2`. */
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
  it('finds nothing in the lives that a purchase may have', () => {
    expect(check(paid, steps('requested', 'paid'))).to.deep.equal([]);
    expect(check({ status: 'declined', refund: 'none' }, steps('requested', 'declined'))).to.deep.equal([]);
    expect(check(refunded, steps('requested', 'paid', 'cancelled', 'refunded'))).to.deep.equal([]);
    expect(check(refunded, steps('requested', 'cancelled', 'paid', 'refunded'))).to.deep.equal([]);
    expect(check(notCharged, steps('requested', 'cancelled', 'declined', 'refunded'))).to.deep.equal([]);
  });

  it('knows that who asks again is answered again', () => {
    const shown = steps('requested', 'paid', 'paid#2');
    const published = [...shown, ...steps('requested#2')];
    expect(check(paid, shown, { published, reissued: ['requested#2'] })).to.deep.equal([]);
  });

  it('finds an event shown twice', () => {
    expect(check(paid, steps('requested', 'paid', 'paid'))).to.include('a timeline shows each event once');
  });

  it('finds an event that was published and is not shown, and the other way round', () => {
    expect(check(paid, steps('requested', 'paid'), { published: steps('requested', 'paid', 'paid#2') })).to.include(
      'every event published is on its timeline',
    );
    expect(check(paid, steps('requested', 'paid', 'paid#2'), { published: steps('requested', 'paid') })).to.include(
      'every event on a timeline was published',
    );
  });

  it('finds an ask without an answer, and one answered twice', () => {
    expect(check(refunded, steps('requested', 'paid', 'cancelled'))).to.include('every ask has one answer');
    expect(check(paid, steps('requested', 'paid', 'paid#2'))).to.include('every ask has one answer');
  });

  it('finds a state that its timeline does not explain', () => {
    const name = 'a timeline tells how its purchase came to be';
    expect(check(paid, steps('requested', 'declined'))).to.include(name);
    expect(check(paid, steps('requested', 'paid', 'cancelled', 'refunded'))).to.include(name);
    expect(check(refunded, steps('requested', 'paid', 'refunded'))).to.include(name);
    // Cancelled before it was requested: the order of the purchase's events was lost.
    expect(check(notCharged, steps('requested', 'cancelled', 'refunded', 'refunded#2'))).to.include(name);
  });

  it('finds two decisions', () => {
    expect(check(refunded, steps('requested', 'paid', 'declined', 'cancelled', 'refunded'))).to.include(
      'a purchase has one decision',
    );
  });
});
