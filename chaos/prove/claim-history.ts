import type { Finding } from './finding.ts';

/** A claim or a refund under one key, however often it was sent. */
type Keyed = {
  key: string;
  /** From the answers. */
  id?: string;
  isRejected?: boolean;
  /** Number of requests without an answer, or with one that does not say whether they were applied (5xx). */
  lost: number;
};

export type WantedClaim = Keyed & { purchaseId: string; productId: string; quantity: number };
export type WantedRefund = Keyed & { purchaseId: string; amountMinor: number };

export type ClaimStatus = 'open' | 'withdrawn' | 'rejected' | 'awaiting-return' | 'approved';
export type ClaimView = { id: string; status: ClaimStatus; refundMinor?: number; restock?: boolean; returnRequired?: boolean };
export type RefundView = { id: string; amountMinor: number };

export type StoredClaim = Required<Pick<ClaimView, 'id' | 'status'>> & {
  key: string;
  purchaseId: string;
  refundMinor: number | null;
  restock: boolean | null;
  units: number;
};
export type StoredRefund = { id: string; key: string; purchaseId: string; amountMinor: number };

/** Amounts by purchase: what product asked for and is done, what payment's ledger moved, what was charged. */
export type RefundedPurchase = { id: string; chargedMinor: number; doneMinor: number; movedMinor: number; refundedMinor: number };

export type StoredClaims = {
  claims: readonly StoredClaim[];
  refunds: readonly StoredRefund[];
  purchases: readonly RefundedPurchase[];
  /** Units that the claims returned, by claim. */
  returned: ReadonlyMap<string, number>;
};

export type ClaimHistory = ReturnType<typeof createClaimHistory>;

/** Records claims, decisions on them and partial refunds, with their answers. */
export function createClaimHistory() {
  const claims: WantedClaim[] = [];
  const refunds: WantedRefund[] = [];
  const seen = new Map<string, ClaimView>();
  const violations: Finding[] = [];
  const reportViolation = (check: string, subject: string, detail: string): void =>
    void violations.push({ check, subject, detail });
  const named = (wanted: Keyed, id: string): void => {
    if (wanted.id !== undefined && wanted.id !== id)
      reportViolation('one key, one claim or refund', id, `key ${wanted.key} named ${wanted.id} before`);
    wanted.id = id;
  };
  return {
    violations,
    reportViolation,
    counts: () => ({ claims: claims.length, refunds: refunds.length }),
    /** Call it before the first attempt is sent. */
    claim(wanted: Omit<WantedClaim, 'lost'>): WantedClaim {
      const claim = { ...wanted, lost: 0 };
      claims.push(claim);
      return claim;
    },
    claimed: (wanted: WantedClaim, { id }: ClaimView): void => named(wanted, id),
    /** Call it before the first attempt is sent. */
    refund(wanted: Omit<WantedRefund, 'lost'>): WantedRefund {
      const refund = { ...wanted, lost: 0 };
      refunds.push(refund);
      return refund;
    },
    refunded(wanted: WantedRefund, { id, amountMinor }: RefundView): void {
      named(wanted, id);
      if (amountMinor !== wanted.amountMinor)
        reportViolation('a refund equals its request', id, `${wanted.amountMinor} requested, ${amountMinor} answered`);
    },
    /** A decision that was answered. */
    saw(claim: ClaimView): void {
      const before = seen.get(claim.id);
      if (before !== undefined && before.refundMinor !== claim.refundMinor)
        reportViolation('a decision on a claim is kept', claim.id, `refund ${before.refundMinor}, then ${claim.refundMinor}`);
      seen.set(claim.id, claim);
    },
    check: (stored: StoredClaims): Finding[] => [
      ...violations,
      ...checkKeys(claims, stored.claims),
      ...checkKeys(refunds, stored.refunds),
      ...checkDecisions(seen, stored),
      ...stored.purchases.flatMap(checkMoney),
    ],
  };
}

function checkKeys(wanted: readonly Keyed[], stored: readonly { id: string; key: string }[]): Finding[] {
  const kept = new Map(stored.map(({ key, id }) => [key, id]));
  const sent = new Set(wanted.map(({ key }) => key));
  const findings: Finding[] = [];
  for (const { key, id, isRejected = false, lost } of wanted) {
    const found = kept.get(key);
    if (id !== undefined && found !== id)
      findings.push({
        check: 'an answered claim or refund is kept',
        subject: id,
        detail: `key ${key} holds ${found ?? 'nothing'}`,
      });
    if (found !== undefined && id === undefined && isRejected && lost === 0)
      findings.push({ check: 'a refused claim or refund is not stored', subject: found, detail: `key ${key}` });
  }
  for (const { key, id } of stored)
    if (!sent.has(key)) findings.push({ check: 'every claim and refund was requested', subject: id, detail: `key ${key}` });
  return findings;
}

function checkDecisions(seen: ReadonlyMap<string, ClaimView>, { claims, returned }: StoredClaims): Finding[] {
  const findings: Finding[] = [];
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  for (const [id, { status, refundMinor = null }] of seen) {
    const now = byId.get(id);
    const isKept = now?.status === status || (status === 'awaiting-return' && now?.status === 'approved');
    if (now === undefined || !isKept || now.refundMinor !== refundMinor)
      findings.push({
        check: 'a decision on a claim is kept',
        subject: id,
        detail: `${status} with ${refundMinor}, now ${now?.status ?? 'missing'} with ${now?.refundMinor}`,
      });
  }
  for (const { id, status, restock, units } of claims) {
    const expected = status === 'approved' && restock === true ? units : 0;
    const back = returned.get(id) ?? 0;
    if (back !== expected)
      findings.push({ check: 'the units of a claim come back once', subject: id, detail: `${back} came back, not ${expected}` });
  }
  return findings;
}

function checkMoney({ id, chargedMinor, doneMinor, movedMinor, refundedMinor }: RefundedPurchase): Finding[] {
  const findings: Finding[] = [];
  if (movedMinor > chargedMinor)
    findings.push({ check: 'refunds are at most the charge', subject: id, detail: `${movedMinor} of ${chargedMinor} refunded` });
  if (doneMinor !== movedMinor || refundedMinor !== movedMinor)
    findings.push({
      check: 'product shows what payment refunded',
      subject: id,
      detail: `payment moved ${movedMinor}; refunds done ${doneMinor}, refunded total ${refundedMinor}`,
    });
  return findings;
}
