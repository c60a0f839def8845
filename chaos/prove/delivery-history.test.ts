import { expect } from 'chai';
import { createDeliveryHistory, type StoredDeliveries } from './delivery-history.ts';
import type { Status } from './purchase-history.ts';

type Stored = StoredDeliveries['reports'][number];

const stored = (key: string, status: Stored['status'], isApplied = true): Stored => ({
  key,
  purchaseId: 'p1',
  status,
  isApplied,
});
const deliveries = (status: Status, ...reports: Stored[]): StoredDeliveries => ({
  reports,
  statuses: new Map([['p1', status]]),
});

describe('createDeliveryHistory', () => {
  const history = () => {
    const made = createDeliveryHistory();
    const send = (key: string, status: Stored['status']) => made.report({ purchaseId: 'p1', status, at: '', key });
    return { made, send };
  };
  const checksOf = (findings: { check: string }[]): string[] => findings.map(({ check }) => check);

  it('accepts reports that are stored as they were answered, and lost ones either way', () => {
    const { made, send } = history();
    made.answered(send('a', 'in-transit'), { purchaseStatus: 'shipped', status: 'in-transit' });
    made.answered(send('b', 'packed'), { purchaseStatus: 'shipped', status: 'in-transit' });
    send('c', 'failed').lost++;
    send('d', 'delivered').lost++;
    const reports = [stored('a', 'in-transit'), stored('b', 'packed', false), stored('c', 'failed')];
    expect(made.check(deliveries('shipped', ...reports))).to.deep.equal([]);
  });

  it('finds an answered report that is missing, and one that was stored otherwise, twice, after a rejection or unasked', () => {
    const { made, send } = history();
    made.answered(send('a', 'packed'), { purchaseStatus: 'paid', status: 'packed' });
    expect(checksOf(made.check(deliveries('paid')))).to.deep.equal(['an answered report is kept']);
    expect(checksOf(made.check(deliveries('shipped', stored('a', 'failed'))))).to.deep.equal(['a report equals its request']);
    const twice = deliveries('paid', stored('a', 'packed'), stored('a', 'packed'));
    expect(checksOf(made.check(twice))).to.deep.equal(['one key, one report']);
    send('b', 'failed').isRejected = true;
    const rejected = deliveries('shipped', stored('a', 'packed'), stored('b', 'failed'), stored('x', 'failed', false));
    expect(checksOf(made.check(rejected))).to.deep.equal(['a rejected report is not stored', 'every report was requested']);
  });

  it('finds a report with the highest rank that did not count', () => {
    const { made, send } = history();
    for (const [key, status] of [
      ['a', 'in-transit'],
      ['b', 'delivered'],
    ] as const)
      send(key, status).lost++;
    const left = [stored('a', 'in-transit'), stored('b', 'delivered', false)];
    expect(checksOf(made.check(deliveries('shipped', ...left)))).to.deep.equal(['the report with the highest rank counts']);
    expect(made.check(deliveries('delivered', ...left))).to.deep.equal([]);
    expect(made.check(deliveries('cancelled', ...left))).to.deep.equal([]);
  });

  it('finds an answer whose parcel and purchase do not agree', () => {
    const { made, send } = history();
    made.answered(send('a', 'delivered'), { purchaseStatus: 'shipped', status: 'delivered' });
    made.answered(send('b', 'returned'), { purchaseStatus: 'cancelled', status: 'returned' });
    expect(checksOf(made.violations)).to.deep.equal(['a parcel and its purchase agree']);
  });
});
