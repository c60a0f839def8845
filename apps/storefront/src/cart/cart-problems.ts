/** What a cart or a quote says is wrong. */
export type OrderProblem = {
  code: string;
  severity: string;
  message: string;
  productId?: string;
  available?: number;
  fromMinor?: number;
  toMinor?: number;
  reason?: string;
};

/** A text by its id and values. Amounts are values whose name ends in `Minor`. */
export type ProblemWords = { id: string; tone: 'warn' | 'bad'; values: Record<string, string | number> };

const ofItems: readonly string[] = [
  'PRICE_CHANGED',
  'PRODUCT_ARCHIVED',
  'PRODUCT_OUT_OF_STOCK',
  'CURRENCY_MISMATCH',
  'VARIANT_REQUIRED',
  'PRODUCT_CURRENCY_UNKNOWN',
];
const ofOrders: readonly string[] = ['OVER_LIMIT', 'TOTAL_TOO_HIGH', 'WALLET_NOT_READY', 'DELIVERY_NOT_AVAILABLE'];

/** The problems of an item, in the words to show beside it. */
export function itemProblems(problems: readonly OrderProblem[], productId: string): ProblemWords[] {
  return problems.filter((problem) => problem.productId === productId).map((problem) => wordsOf(problem, ofItems));
}

/** The problems of the whole order. Those of the coupon are shown beside its field, and an empty cart is no problem. */
export function wholeProblems(problems: readonly OrderProblem[]): ProblemWords[] {
  return problems
    .filter(({ code, productId }) => productId === undefined && code !== 'COUPON_NOT_APPLICABLE' && code !== 'CART_EMPTY')
    .map((problem) => wordsOf(problem, ofOrders));
}

const couponReasons: readonly string[] = [
  'UNKNOWN',
  'ARCHIVED',
  'NOT_STARTED',
  'ENDED',
  'OTHER_CURRENCY',
  'SUBTOTAL_TOO_LOW',
  'NO_ELIGIBLE_ITEM',
  'NO_DISCOUNT',
  'USED_UP',
  'USED_UP_BY_USER',
];

/** The id of the text that says why a coupon does not apply. The set of reasons is open. */
export function couponReasonText(reason: string | undefined): string {
  return `cart.coupon.${couponReasons.includes(reason ?? '') ? reason : 'OTHER'}`;
}

/** Why the coupon of the cart does not apply; undefined if it does, or there is none. */
export function couponProblem(problems: readonly OrderProblem[]): string | undefined {
  const problem = problems.find(({ code }) => code === 'COUPON_NOT_APPLICABLE');
  return problem && couponReasonText(problem.reason);
}

export function isBuyable(problems: readonly OrderProblem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}

function wordsOf({ code, severity, available, fromMinor, toMinor }: OrderProblem, known: readonly string[]): ProblemWords {
  const values = Object.fromEntries(
    Object.entries({ available, fromMinor, toMinor }).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
  const name = code === 'PRICE_CHANGED' && (toMinor ?? 0) < (fromMinor ?? 0) ? 'PRICE_FELL' : code;
  return { id: `cart.problem.${known.includes(code) ? name : 'OTHER'}`, tone: severity === 'error' ? 'bad' : 'warn', values };
}
