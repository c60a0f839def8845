import type { TopUp } from './top-up.ts';

/** A provider's report on a top-up. `settled` and `failed` are final. Reports may be repeated and reordered. */
export type TopUpReport = {
  topUpId: string;
  status: TopUp['status'];
  /** The charged amount. A report of another amount than the top-up's is rejected. */
  amountMinor: number;
  currency: string;
  /** The provider's id of the payment, at most 255 ASCII characters. */
  reference: string;
  /** Why the payment failed, for the buyer, at most 255 characters. */
  reason?: string;
};

/** The source of the money: a card gateway, a bank. Called outside any transaction. */
export type TopUpProvider = {
  /** At most 32 ASCII characters; stored with each top-up. */
  name: string;
  /**
   * Charges the buyer, or reports on the charge. The top-up's id is the idempotency key: a second call does not charge again.
   *
   * @throws if there is no answer in time; the buyer may be charged nevertheless
   */
  charge(topUp: Pick<TopUp, 'id' | 'amountMinor' | 'currency'>, options: { signal: AbortSignal }): Promise<TopUpReport>;
};

/** @param onReport for reports that the provider sends by itself: late, repeated, in any order */
export type OpenTopUpProvider = (onReport: (report: TopUpReport) => Promise<void>) => TopUpProvider;
