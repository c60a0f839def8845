import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Coupon } from './coupon.ts';
import type { CouponHistory } from './coupon-history.ts';
import type { Call } from './create-call.ts';
import { addCoupon, type Shop } from './shop.ts';
import { signIn } from './staff.ts';

type Options = {
  call: Call;
  random: Random;
  shop: Shop;
  history: CouponHistory;
  onOperation(kind: string): void;
};

/** Often enough that buyers always meet at a coupon that is nearly used up. */
const EVERY_MS = 2_000;
const INITIAL_COUPONS = 4;

/** Creates the first coupons. The returned function adds coupons, so that the old ones may be used up. */
export async function prepareCouponClient(options: Options): Promise<(signal: AbortSignal) => Promise<void>> {
  const { call, random, shop, history, onOperation } = options;
  const token = await signIn(call, random, demoAccounts.admin);
  const addOne = async (): Promise<void> => {
    const coupon = drawCoupon(random);
    history.creating(coupon);
    const reply = await call({ service: 'product', method: 'POST', path: '/v1/coupons', token, body: coupon }, random);
    onOperation('create a coupon');
    if (reply?.status === 201) addCoupon(shop, coupon);
  };
  for (let count = 0; count < INITIAL_COUPONS; count++) await addOne();
  return async (signal) => {
    while (!signal.aborted) {
      await sleep(EVERY_MS * (0.5 + random.next()));
      if (!signal.aborted) await addOne();
    }
  };
}

function drawCoupon(random: Random): Coupon {
  const code = `C-${Math.floor(random.next() * 2 ** 52)
    .toString(36)
    .toUpperCase()}`;
  const value = random.chance(0.5)
    ? ({ kind: 'percent', percent: random.between(1, 100) } as const)
    : ({ kind: 'amount', amountMinor: random.between(1, 5_000), currency: 'EUR' } as const);
  return random.pickWeighted<Coupon>([
    [4, { code, ...value, maxRedemptions: random.between(2, 30) }],
    [4, { code, ...value, maxPerUser: random.between(1, 2) }],
    [2, { code, ...value, maxRedemptions: random.between(2, 30), maxPerUser: 1 }],
    [1, { code, ...value }],
  ]);
}
