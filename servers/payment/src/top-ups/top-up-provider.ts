import type { TopUp } from './top-up.ts';

/** What a provider says about a top-up. `settled` and `failed` are its last words, but words may be repeated and overtake one another. */
export type TopUpReport = {
  topUpId: string;
  status: TopUp['status'];
  /** What it took, or is about to: a report of another amount than was asked for is not believed. */
  amountMinor: number;
  currency: string;
  /** The provider's own id of the payment, at most 255 ASCII characters. */
  reference: string;
  /** Why it failed, for the buyer, at most 255 characters. */
  reason?: string;
};

/** Where the money of top-ups comes from: a card gateway, a bank. Called outside any transaction. */
export type TopUpProvider = {
  /** At most 32 ASCII characters; kept with each top-up. */
  name: string;
  /**
   * Takes the money, or tells what became of it: the top-up's id is the idempotency key, so asking again never takes it again.
   *
   * @throws where there is no answer, or none in time; it may have taken the money all the same
   */
  charge(topUp: Pick<TopUp, 'id' | 'amountMinor' | 'currency'>, options: { signal: AbortSignal }): Promise<TopUpReport>;
};

/** @param onReport for what a provider says unasked: late, again, in any order */
export type OpenTopUpProvider = (onReport: (report: TopUpReport) => Promise<void>) => TopUpProvider;
