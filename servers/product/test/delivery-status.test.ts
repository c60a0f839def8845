import { expect } from 'chai';
import fc from 'fast-check';
import {
  type DeliveryStatus,
  decideReport,
  deliveryStatuses,
  highestReport,
  type Report,
  shownStatus,
} from '../src/fulfilment/delivery-status.ts';
import type { AdvanceStep, PurchaseStatus } from '../src/purchases/index.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 27, 12, minute));
const report = (status: DeliveryStatus, minute = 0): Report => ({ status, at: at(minute) });

describe('decideReport', () => {
  const steps: [PurchaseStatus, DeliveryStatus, AdvanceStep[]][] = [
    ['paid', 'packed', []],
    ['paid', 'handed-over', ['shipped']],
    ['paid', 'in-transit', ['shipped']],
    ['paid', 'out-for-delivery', ['shipped']],
    ['paid', 'failed', ['shipped']],
    ['paid', 'delivered', ['shipped', 'delivered']],
    ['paid', 'returned', ['shipped', 'cancelled']],
    ['shipped', 'handed-over', []],
    ['shipped', 'failed', []],
    ['shipped', 'delivered', ['delivered']],
    ['shipped', 'returned', ['cancelled']],
    ['delivered', 'returned', []],
  ];
  for (const [purchaseStatus, status, expected] of steps)
    it(`of a purchase that is ${purchaseStatus}: ${status} takes the steps [${expected.join(', ')}]`, () => {
      const decision = decideReport({ purchaseStatus, current: undefined }, report(status));
      expect(decision).to.deep.equal({ isApplied: true, isHigher: true, steps: expected });
    });

  for (const purchaseStatus of ['declined', 'cancelled'] as const)
    it(`of a purchase that is ${purchaseStatus} leaves every report to the history`, () => {
      for (const status of deliveryStatuses)
        expect(decideReport({ purchaseStatus, current: undefined }, report(status))).to.include({ isApplied: false });
    });

  it('rejects reports of a purchase that is not decided', () => {
    for (const status of deliveryStatuses)
      expect(decideReport({ purchaseStatus: 'requested', current: undefined }, report(status))).to.equal('unpaid');
  });

  const late: [PurchaseStatus, Report | undefined, Report][] = [
    ['shipped', undefined, report('packed')],
    ['delivered', undefined, report('delivered')],
    ['delivered', undefined, report('in-transit')],
    ['shipped', report('in-transit'), report('handed-over', 5)],
    ['shipped', report('in-transit'), report('in-transit', 5)],
    ['shipped', report('failed', 5), report('in-transit', 9)],
    ['shipped', report('failed', 5), report('out-for-delivery', 5)],
    ['shipped', report('failed', 5), report('out-for-delivery', 4)],
    ['shipped', report('out-for-delivery', 5), report('failed', 4)],
    ['delivered', report('returned', 5), report('delivered', 9)],
    ['delivered', report('returned', 5), report('returned', 9)],
  ];
  for (const [purchaseStatus, current, later] of late)
    it(`leaves ${later.status} at ${later.at.getUTCMinutes()} to the history after ${current?.status ?? purchaseStatus}`, () => {
      expect(decideReport({ purchaseStatus, current }, later)).to.deep.equal({ isApplied: false, isHigher: false, steps: [] });
    });

  it('lets the later of out-for-delivery and failed count, and a higher rank also if it is earlier', () => {
    const purchaseStatus = 'shipped';
    const failed = report('failed', 5);
    const again = { isApplied: true, isHigher: false, steps: [] };
    expect(decideReport({ purchaseStatus, current: failed }, report('out-for-delivery', 6))).to.deep.equal(again);
    expect(decideReport({ purchaseStatus, current: report('out-for-delivery', 5) }, report('failed', 6))).to.deep.equal(again);
    expect(decideReport({ purchaseStatus, current: failed }, report('delivered', 1))).to.include({ isApplied: true });
  });

  it('has the same status in the end, in whichever order the reports before the end of the purchase arrive', () => {
    const reports = fc.array(fc.record({ status: fc.constantFrom(...deliveryStatuses.slice(0, 6)), minute: fc.nat(59) }), {
      minLength: 1,
      maxLength: 12,
    });
    const arrivals = reports.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(arrivals, ([first, second]) => {
        expect(statusAfter(first)).to.deep.equal(statusAfter(second));
      }),
    );
  });
});

/** The status, and its time if the latest report decides it. */
function statusAfter(reports: readonly { status: DeliveryStatus; minute: number }[]): unknown {
  const applied: Report[] = [];
  let purchaseStatus: PurchaseStatus = 'paid';
  for (const { status, minute } of reports) {
    const one = report(status, minute);
    const decision = decideReport({ purchaseStatus, current: highestReport(applied) }, one);
    if (decision === 'unpaid' || !decision.isApplied) continue;
    applied.push(one);
    for (const step of decision.steps) purchaseStatus = step;
  }
  const current = highestReport(applied);
  const isByTime = current?.status === 'failed' || current?.status === 'out-for-delivery';
  return { rank: isByTime ? 'underway' : current?.status, at: isByTime && current.at.getTime(), purchaseStatus };
}

describe('shownStatus', () => {
  it('follows the purchase that staff shipped or delivered without a report', () => {
    expect(shownStatus({ purchaseStatus: 'paid', current: undefined })).to.equal(undefined);
    expect(shownStatus({ purchaseStatus: 'shipped', current: undefined })).to.equal('handed-over');
    expect(shownStatus({ purchaseStatus: 'shipped', current: report('packed') })).to.equal('handed-over');
    expect(shownStatus({ purchaseStatus: 'shipped', current: report('failed') })).to.equal('failed');
    expect(shownStatus({ purchaseStatus: 'delivered', current: report('failed') })).to.equal('delivered');
    expect(shownStatus({ purchaseStatus: 'delivered', current: report('returned') })).to.equal('returned');
    expect(shownStatus({ purchaseStatus: 'cancelled', current: report('returned') })).to.equal('returned');
  });
});
