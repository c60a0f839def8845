import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { couponProblem, couponReasonText, isBuyable, itemProblems, wholeProblems } from '../src/cart/cart-problems.ts';
import { claimableUnits, claimBody, claimFaults, emptyDraft, reasons } from '../src/claims/claim-draft.ts';
import { claimStatusWords, outcomeText } from '../src/claims/claim-words.ts';
import { MAX_PHOTOS, photoFault } from '../src/claims/photo-faults.ts';
import { declineWords } from '../src/order-parts/decline-words.ts';
import { claimWindow } from '../src/orders/claim-window.ts';
import { timeLeft } from '../src/orders/countdown.ts';
import { actionsOf, pollEveryMs, refundWords, statusWords } from '../src/orders/order-status.ts';
import { parcelText, trackingUrl } from '../src/orders/parcel.ts';
import { stepWords } from '../src/orders/timeline-words.ts';

const src = `${import.meta.dirname}/../src`;
const texts: Record<string, string> = Object.assign(
  {},
  ...readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/texts/en.json'))
    .map((file) => JSON.parse(readFileSync(`${src}/${file}`, 'utf8')) as object),
);
const order = { status: 'paid', refund: 'none', refundedMinor: 0, totalMinor: 500 } as const;

describe('an order', () => {
  for (const [status, tone] of [
    ['requested', 'info'],
    ['paid', 'good'],
    ['declined', 'bad'],
    ['cancelled', 'neutral'],
    ['shipped', 'info'],
    ['delivered', 'good'],
    ['a-later-status', 'neutral'],
  ] as const)
    it(`that is ${status} has words, in the tone ${tone}`, () => {
      const words = statusWords({ status: status as 'paid' });
      expect(words.tone).to.equal(tone);
      expect(texts).to.have.property(words.id);
    });

  it('can be cancelled until it is shipped, and claimed once it is delivered', () => {
    const actions = (status: string) => actionsOf({ status: status as 'paid' });
    expect(actions('requested')).to.include({ canCancel: true, canReorder: false, canClaim: false, hasReceipt: false });
    expect(actions('paid')).to.include({ canCancel: true, canReorder: true, hasReceipt: true });
    expect(actions('shipped')).to.include({ canCancel: false, canClaim: false, hasReceipt: true });
    expect(actions('delivered')).to.include({ canClaim: true, canCancel: false });
    expect(actions('declined')).to.include({ canReorder: true, hasReceipt: false });
  });

  it('is read every 2 s while it is undecided, every 30 s while it is under way, and not at the end', () => {
    expect(pollEveryMs({ ...order, status: 'requested' })).to.equal(2_000);
    expect(pollEveryMs({ ...order, status: 'cancelled', refund: 'pending' })).to.equal(2_000);
    expect(pollEveryMs(order)).to.equal(30_000);
    expect(pollEveryMs({ ...order, status: 'shipped' })).to.equal(30_000);
    for (const status of ['declined', 'cancelled', 'delivered'] as const)
      expect(pollEveryMs({ ...order, status })).to.equal(false);
    expect(pollEveryMs(undefined)).to.equal(false);
  });

  it('says what was paid back', () => {
    expect(refundWords(order)).to.equal(undefined);
    expect(refundWords({ ...order, refund: 'pending' })).to.equal('orders.refund.pending');
    expect(refundWords({ ...order, refundedMinor: 100 })).to.equal('orders.refund.part');
    expect(refundWords({ ...order, refundedMinor: 500 })).to.equal('orders.refund.full');
    expect(refundWords({ ...order, status: 'cancelled', refundedMinor: 400 })).to.equal('orders.refund.full');
  });

  it('counts down to its end', () => {
    const at = '2026-01-01T00:02:00.000Z';
    expect(timeLeft(at, Date.parse('2026-01-01T00:00:00Z'))).to.equal('2:00');
    expect(timeLeft(at, Date.parse('2026-01-01T00:01:54.500Z'))).to.equal('0:06');
    expect(timeLeft(at, Date.parse('2026-01-01T00:03:00Z'))).to.equal('0:00');
  });

  it('tells its steps, and leaves out those that it does not know', () => {
    expect(stepWords({ type: 'purchase-paid', detail: { amountMinor: 500 } })).to.deep.include({ amountMinor: 500 });
    expect(stepWords({ type: 'purchase-declined', detail: { amountMinor: 500 } })?.amountMinor).to.equal(undefined);
    expect(stepWords({ type: 'purchase-cancelled', detail: { by: 'timeout' } })?.id).to.equal('orders.step.cancelled.timeout');
    expect(stepWords({ type: 'purchase-cancelled', detail: { by: 'staff', cause: 'returned' } })?.id).to.match(/returned$/);
    expect(stepWords({ type: 'purchase-cancelled', detail: { by: 'somebody' } })?.id).to.match(/staff$/);
    expect(stepWords({ type: 'a-later-step' })).to.equal(undefined);
    for (const type of ['purchase-requested', 'purchase-shipped', 'purchase-refunded', 'refund-posted', 'refund-rejected'])
      expect(texts).to.have.property(stepWords({ type })?.id ?? type);
  });

  it('links a tracking code only if it is an address', () => {
    expect(trackingUrl('https://carrier.example/1')).to.equal('https://carrier.example/1');
    for (const code of [undefined, 'ABC', 'http://carrier.example', 'javascript:alert(1)', 'https://a b'])
      expect(trackingUrl(code), code).to.equal(undefined);
    for (const status of ['packed', 'returned', 'a-later-status']) expect(texts).to.have.property(parcelText(status));
  });

  it('explains why it was not paid, and the next step', () => {
    expect(declineWords('INSUFFICIENT_FUNDS').next).to.equal('topUp');
    expect(declineWords('DAILY_LIMIT_EXCEEDED').next).to.equal('wallet');
    expect(declineWords('WALLET_FROZEN').next).to.equal(undefined);
    for (const code of ['SPEND_LIMIT_EXCEEDED', 'CURRENCY_MISMATCH', 'A_LATER_CODE', undefined]) {
      const { id, next } = declineWords(code);
      expect(texts).to.have.property(id);
      if (next !== undefined) expect(texts).to.have.property(`${id}.short`);
    }
  });
});

describe('the problems of a cart', () => {
  const problem = (code: string, more = {}) => ({ code, severity: 'error', message: code, ...more });

  it('are told beside their item', () => {
    const problems = [
      problem('PRICE_CHANGED', { productId: 'a', severity: 'warning', fromMinor: 100, toMinor: 90 }),
      problem('PRODUCT_OUT_OF_STOCK', { productId: 'a', available: 2 }),
      problem('PRODUCT_ARCHIVED', { productId: 'b' }),
      problem('A_LATER_CODE', { productId: 'a' }),
    ];
    expect(itemProblems(problems, 'a')).to.deep.equal([
      { id: 'cart.problem.PRICE_FELL', tone: 'warn', values: { fromMinor: 100, toMinor: 90 } },
      { id: 'cart.problem.PRODUCT_OUT_OF_STOCK', tone: 'bad', values: { available: 2 } },
      { id: 'cart.problem.OTHER', tone: 'bad', values: {} },
    ]);
    for (const { id } of itemProblems(problems, 'a')) expect(texts).to.have.property(id);
  });

  it('of the whole order leave out those of the coupon', () => {
    const problems = [problem('COUPON_NOT_APPLICABLE', { reason: 'ENDED' }), problem('CART_EMPTY'), problem('OVER_LIMIT')];
    expect(wholeProblems(problems).map(({ id }) => id)).to.deep.equal(['cart.problem.OVER_LIMIT']);
    expect(couponProblem(problems)).to.equal('cart.coupon.ENDED');
    expect(couponProblem([])).to.equal(undefined);
    expect(couponReasonText('A_LATER_REASON')).to.equal('cart.coupon.OTHER');
  });

  it('prevent the checkout if one is an error', () => {
    expect(isBuyable([problem('OVER_LIMIT', { severity: 'warning' })])).to.equal(true);
    expect(isBuyable([problem('OVER_LIMIT', { severity: 'warning' }), problem('PRODUCT_ARCHIVED')])).to.equal(false);
  });
});

describe('a claim', () => {
  const items = [
    { productId: 'a', quantity: 3 },
    { productId: 'b', quantity: 1 },
  ];

  it('can be opened until some days after the delivery', () => {
    const window = (now: string) => claimWindow({ deliveredAt: '2026-01-01T00:00:00Z', claimDays: 30, now: Date.parse(now) });
    expect(window('2026-01-31T00:00:00Z')).to.deep.equal({ until: '2026-01-31T00:00:00.000Z', isOver: false });
    expect(window('2026-01-31T00:00:01Z').isOver).to.equal(true);
  });

  it('takes the units that other claims leave', () => {
    const claims = [
      { status: 'open', items: [{ productId: 'a', quantity: 1 }] },
      { status: 'rejected', items: [{ productId: 'a', quantity: 2 }] },
      { status: 'approved', items: [{ productId: 'b', quantity: 1 }] },
    ];
    expect([...claimableUnits(items, claims)]).to.deep.equal([
      ['a', 2],
      ['b', 0],
    ]);
  });

  it('needs units and a reason', () => {
    expect(claimFaults(emptyDraft)).to.deep.equal(['items', 'reason']);
    expect(claimFaults({ quantities: { a: 0 }, reason: 'damaged', text: '' })).to.deep.equal(['items']);
    expect(claimFaults({ quantities: { a: 1 }, reason: 'damaged', text: '' })).to.deep.equal([]);
  });

  it('is sent without what is empty', () => {
    const draft = { quantities: { a: 2, b: 0 }, reason: 'damaged', text: '  ' } as const;
    expect(claimBody(draft)).to.deep.equal({ items: [{ productId: 'a', quantity: 2 }], reason: 'damaged' });
    expect(claimBody({ ...draft, text: ' Broken ' })).to.include({ text: 'Broken' });
  });

  it('takes five photos of at most 10 MiB', () => {
    const photo = { type: 'image/jpeg', size: 10 * 1024 * 1024 };
    expect(photoFault(photo, MAX_PHOTOS)).to.equal(undefined);
    expect(photoFault(photo, 0)).to.equal('photoTooMany');
    expect(photoFault({ ...photo, size: photo.size + 1 }, 1)).to.equal('photoTooLarge');
    expect(photoFault({ ...photo, type: 'image/svg+xml' }, 1)).to.equal('photoType');
    const draft = { quantities: { a: 1 }, reason: 'damaged', text: '' } as const;
    expect(claimBody(draft, [{ id: 'p' }])).to.deep.include({ photos: ['p'] });
  });

  it('has a text for each outcome', () => {
    expect(outcomeText({ status: 'approved', refundMinor: 5, refund: { status: 'done' } })).to.match(/approved\.done$/);
    expect(outcomeText({ status: 'approved', refundMinor: 5, refund: { status: 'pending' } })).to.match(/approved\.pending$/);
    expect(outcomeText({ status: 'approved', refundMinor: 0 })).to.match(/approved\.without$/);
    for (const status of ['open', 'withdrawn', 'rejected', 'awaiting-return', 'approved', 'a-later-status']) {
      expect(texts).to.have.property(outcomeText({ status }));
      expect(texts).to.have.property(claimStatusWords(status).id);
    }
    for (const reason of reasons) expect(texts).to.have.property(`claims.reason.${reason}`);
  });
});
