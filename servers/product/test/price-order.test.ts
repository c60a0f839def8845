import { expect } from 'chai';
import fc from 'fast-check';
import { type DeliveryPrice, type Discount, type OrderLine, priceOrder } from '../src/pricing/index.ts';

const lineOf = (unitPriceMinor: number, quantity = 1, taxRatePercent = 0): OrderLine => ({
  unitPriceMinor,
  quantity,
  taxRatePercent,
});

describe('priceOrder', () => {
  it('sums the lines', () => {
    expect(priceOrder([lineOf(199, 3), lineOf(500)])).to.deep.equal({
      subtotalMinor: 1097,
      discountMinor: 0,
      lineDiscountsMinor: [],
      deliveryMinor: 0,
      tax: [],
      totalMinor: 1097,
    });
  });

  it('rounds a percentage half up over the eligible lines together', () => {
    const discount: Discount = { eligible: [0, 2], kind: 'percent', percent: 50 };
    expect(priceOrder([lineOf(2), lineOf(100), lineOf(3)], { discount })).to.deep.include({
      discountMinor: 3,
      lineDiscountsMinor: [1, 0, 2],
      totalMinor: 102,
    });
  });

  it('splits a discount by largest remainder, ties by position', () => {
    const discount: Discount = { eligible: [0, 1, 2], kind: 'amount', amountMinor: 100 };
    expect(priceOrder([lineOf(50), lineOf(50), lineOf(50)], { discount })?.lineDiscountsMinor).to.deep.equal([34, 33, 33]);
    expect(priceOrder([lineOf(1), lineOf(1), lineOf(2)], { discount: { ...discount, amountMinor: 3 } })).to.deep.include({
      lineDiscountsMinor: [1, 1, 1],
    });
  });

  it('takes off at most the sum of the eligible lines', () => {
    const discount: Discount = { eligible: [1], kind: 'amount', amountMinor: 1_000 };
    expect(priceOrder([lineOf(300), lineOf(200)], { discount })).to.deep.include({ discountMinor: 200, totalMinor: 300 });
  });

  it('takes nothing off without an eligible line', () => {
    const discount: Discount = { eligible: [], kind: 'percent', percent: 100 };
    expect(priceOrder([lineOf(300)], { discount })).to.deep.include({ discountMinor: 0, totalMinor: 300 });
  });

  it('judges free delivery after the discount', () => {
    const delivery: DeliveryPrice = { priceMinor: 490, freeFromMinor: 5_000 };
    const discount: Discount = { eligible: [0], kind: 'amount', amountMinor: 1 };
    expect(priceOrder([lineOf(5_000)], { delivery })).to.deep.include({ deliveryMinor: 0, totalMinor: 5_000 });
    expect(priceOrder([lineOf(5_000)], { delivery, discount })).to.deep.include({ deliveryMinor: 490, totalMinor: 5_489 });
  });

  it('names the tax of each rate that the prices include', () => {
    expect(priceOrder([lineOf(119, 1, 19), lineOf(107, 2, 7), lineOf(100, 1, 7.7), lineOf(50)])?.tax).to.deep.equal([
      { ratePercent: 7, taxMinor: 14 },
      { ratePercent: 7.7, taxMinor: 7 },
      { ratePercent: 19, taxMinor: 19 },
    ]);
  });

  it('taxes delivery at the rates of the items, and the discount lowers the tax', () => {
    const delivery: DeliveryPrice = { priceMinor: 200 };
    expect(priceOrder([lineOf(119, 1, 19), lineOf(119)], { delivery })?.tax).to.deep.equal([{ ratePercent: 19, taxMinor: 35 }]);
    const discount: Discount = { eligible: [0, 1], kind: 'percent', percent: 100 };
    expect(priceOrder([lineOf(119, 1, 19), lineOf(119)], { delivery, discount })?.tax).to.deep.equal([
      { ratePercent: 19, taxMinor: 16 },
    ]);
  });

  it('prices no order whose total is beyond the safe integers', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(priceOrder([lineOf(most)])).to.deep.include({ totalMinor: most });
    expect(priceOrder([lineOf(most), lineOf(1)])).to.equal(undefined);
    expect(priceOrder([lineOf(most, 1_000_000)])).to.equal(undefined);
    expect(priceOrder([lineOf(most)], { delivery: { priceMinor: 1 } })).to.equal(undefined);
  });

  it('keeps its sums for any order', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 50 }), anyDiscount, anyDelivery, (lines, raw, delivery) => {
        const discount = raw && { ...raw, eligible: raw.eligible.filter((position) => position < lines.length) };
        const priced = priceOrder(lines, { discount, delivery });
        if (priced === undefined) return;
        const { subtotalMinor, discountMinor, lineDiscountsMinor, deliveryMinor, tax, totalMinor } = priced;
        expect(totalMinor).to.equal(subtotalMinor - discountMinor + deliveryMinor);
        expect(sum(lineDiscountsMinor)).to.equal(discountMinor);
        lineDiscountsMinor.forEach((one, position) => {
          const { unitPriceMinor, quantity } = lines[position] as OrderLine;
          expect(one).to.be.within(0, discount?.eligible.includes(position) ? unitPriceMinor * quantity : 0);
        });
        for (const amount of [subtotalMinor, discountMinor, deliveryMinor, totalMinor, ...tax.map(({ taxMinor }) => taxMinor)])
          expect(amount).to.satisfy((one: number) => Number.isSafeInteger(one) && one >= 0);
        expect(sum(tax.map(({ taxMinor }) => taxMinor))).to.be.at.most(totalMinor);
        if (discount?.kind === 'amount') expect(discountMinor).to.be.at.most(discount.amountMinor);
      }),
    );
  });

  it('prices like exact arithmetic for amounts of any size', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 100 }), (lines, percent) => {
        const exact = lines.reduce((total, line) => total + BigInt(line.unitPriceMinor) * BigInt(line.quantity), 0n);
        const priced = priceOrder(lines, { discount: { kind: 'percent', percent, eligible: lines.map((_, index) => index) } });
        if (exact > BigInt(Number.MAX_SAFE_INTEGER)) {
          expect(priced).to.equal(undefined);
          return;
        }
        expect(BigInt(priced?.subtotalMinor ?? -1)).to.equal(exact);
        expect(BigInt(priced?.discountMinor ?? -1)).to.equal((exact * BigInt(percent) + 50n) / 100n);
      }),
    );
  });
});

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, one) => total + one, 0);
}

const anyAmount = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.maxSafeNat());
const anyLine: fc.Arbitrary<OrderLine> = fc.record({
  unitPriceMinor: anyAmount,
  quantity: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000_000 })),
  taxRatePercent: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
});
const eligible = fc.uniqueArray(fc.nat({ max: 49 }), { maxLength: 50 });
const anyDiscount: fc.Arbitrary<Discount | undefined> = fc.option(
  fc.oneof(
    fc.record({ eligible, kind: fc.constant('percent' as const), percent: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ eligible, kind: fc.constant('amount' as const), amountMinor: anyAmount }),
  ),
  { nil: undefined },
);
const anyDelivery: fc.Arbitrary<DeliveryPrice | undefined> = fc.option(
  fc.record({ priceMinor: anyAmount, freeFromMinor: fc.option(anyAmount, { nil: undefined }) }),
  { nil: undefined },
);
