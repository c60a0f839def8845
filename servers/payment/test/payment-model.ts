/** A model of payment without a database: balances, decisions and outcome events, one event at a time. */
export type Purchase = { purchaseId: string; userId: string; totalMinor: number; currency: string };

type Decision = { status: string; amountMinor: number; version: number };
type Answer = { type: string; purchaseId: string; amountMinor: number; sequence: number };

export type PaymentModel = ReturnType<typeof createPaymentModel>;

export function createPaymentModel(terms: { currency: string; openingCreditMinor: number; spendLimitMinor: number }) {
  const balances = new Map<string, number>();
  const decisions = new Map<string, Decision>();
  const answers: Answer[] = [];

  const record = (purchaseId: string, decision: Decision): void => {
    decisions.set(purchaseId, decision);
  };
  const move = (userId: string, gainMinor: number): void => {
    balances.set(userId, (balances.get(userId) ?? 0) + gainMinor);
  };
  const say = (type: string, purchaseId: string): void => {
    const { status, amountMinor, version } = decisions.get(purchaseId) as Decision;
    const isNothingBack = type === 'purchase-refunded' && status !== 'refunded';
    answers.push({ type, purchaseId, amountMinor: isNothingBack ? 0 : amountMinor, sequence: version });
  };

  return {
    balances,
    decisions,
    answers,
    register(userId: string): void {
      if (!balances.has(userId)) balances.set(userId, terms.openingCreditMinor);
    },
    request({ purchaseId, userId, totalMinor, currency }: Purchase): void {
      const known = decisions.get(purchaseId);
      if (known) record(purchaseId, { ...known, version: known.version + 1 });
      else {
        const isCovered =
          currency === terms.currency &&
          totalMinor <= Math.min(terms.spendLimitMinor, balances.get(userId) ?? Number.NEGATIVE_INFINITY);
        record(purchaseId, { status: isCovered ? 'charged' : 'declined', amountMinor: totalMinor, version: 1 });
        if (isCovered) move(userId, -totalMinor);
      }
      const answerTo = { charged: 'purchase-paid', declined: 'purchase-declined' } as Record<string, string>;
      say(answerTo[decisions.get(purchaseId)?.status ?? ''] ?? 'purchase-refunded', purchaseId);
    },
    cancel({ purchaseId, userId }: Purchase): void {
      const known = decisions.get(purchaseId);
      if (known === undefined) record(purchaseId, { status: 'voided', amountMinor: 0, version: 1 });
      else
        record(purchaseId, {
          ...known,
          status: known.status === 'charged' ? 'refunded' : known.status,
          version: known.version + 1,
        });
      if (known?.status === 'charged') move(userId, known.amountMinor);
      say('purchase-refunded', purchaseId);
    },
  };
}
