export type OrderLine = {
  unitPriceMinor: number;
  quantity: number;
  /** The tax that the price includes, in percent with at most two decimals. */
  taxRatePercent: number;
};

/** What a coupon takes off. */
export type Discount = {
  /** The positions of the lines that it applies to. */
  eligible: readonly number[];
} & (
  | { kind: 'percent' /** 1 to 100. */; percent: number }
  /** At most the sum of the eligible lines is taken off. */
  | { kind: 'amount'; amountMinor: number }
);

/** What a delivery method costs. */
export type DeliveryPrice = {
  priceMinor: number;
  /** Free if the items cost at least this after the discount. */
  freeFromMinor?: number | undefined;
};
