import { AppError } from '@florin/app-response';
import { idText, idTimeMs, query, sqlId } from '@florin/database';
import type { Copies } from '@florin/messaging';
import type { Knex } from 'knex';
import type { PurchaseDraft } from './decide-purchase.ts';
import { purchaseErrors } from './errors.ts';
import type { Buyer, Buyers } from './read-buyers.ts';
import { limitMinorOf, type UncoveredReason, whyUncovered } from './why-uncovered.ts';

export type PaceOptions = {
  copies: Copies;
  /** Maximum number of undecided purchases of one buyer. */
  undecidedMax: number;
};

export type Pace = {
  /** Returns the reason to refuse a purchase that could be accepted. The promise is for buyers whose wallet does not cover it only. */
  refuse(buyer: Buyer, draft: PurchaseDraft): AppError | undefined | Promise<AppError | undefined>;
};

const FIRST_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 10_000;
/** From this decline in a row on, the interval doubles. */
const DOUBLING_FROM = 3;

/**
 * Paces the buyers whom product's copy of the wallet does not cover, so that nobody takes stock from others without paying. The copy
 * may be older than the wallet, so payment decides one purchase per second. From the third decline in a row the
 * interval doubles with each, up to 10 s; any event of the wallet ends that. Nobody is paced while the copies are known to be stale.
 *
 * The interval is counted from the buyer's newest purchase, which all instances and releases see: there is no state of its own.
 */
export function pacePurchases(trx: Knex.Transaction, { buyers, at }: Buyers, { copies, undecidedMax }: PaceOptions): Pace {
  let earlier: Promise<Earlier> | undefined;

  const refuseUncovered = async (buyer: Buyer, draft: PurchaseDraft, reason: UncoveredReason): Promise<AppError | undefined> => {
    if (copies.areStale()) return undefined;
    earlier ??= readEarlier(trx, copies, [...buyers.keys()]);
    const { newestMs, parked } = await earlier;
    if (parked.has(buyer.userId)) return undefined;
    const sinceMs = buyer.hasBought ? 0 : Math.abs(at.getTime() - (newestMs.get(buyer.userId) ?? 0));
    const waitMs = intervalOf(buyer) - sinceMs;
    if (waitMs <= 0) return undefined;
    return uncovered(reason, { buyer, draft, waitMs });
  };

  return {
    refuse(buyer, draft) {
      if (undecidedOf(buyer) >= undecidedMax) return tooManyUndecided(undecidedMax);
      const reason = whyUncovered(buyer, draft);
      return reason === undefined ? undefined : refuseUncovered(buyer, draft, reason);
    },
  };
}

function uncovered(
  reason: UncoveredReason,
  { buyer, draft, waitMs }: { buyer: Buyer; draft: PurchaseDraft; waitMs: number },
): AppError {
  const options = {
    detail: 'The wallet, less the undecided purchases, does not cover the purchase.',
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
  };
  if (reason === 'CURRENCY_MISMATCH' || reason === 'WALLET_FROZEN') return new AppError(purchaseErrors[reason], options);
  return new AppError(purchaseErrors[reason], { ...options, extensions: { limitMinor: limitMinorOf(reason, buyer, draft) } });
}

/** Counts an accepted purchase for the later ones of its batch. */
export function addUndecided(buyer: Buyer, { totalMinor, currency }: PurchaseDraft): void {
  const { count, totalMinor: before } = buyer.undecided.get(currency) ?? { count: 0, totalMinor: 0 };
  buyer.undecided.set(currency, { count: count + 1, totalMinor: before + totalMinor });
  buyer.hasBought = true;
}

function undecidedOf({ undecided }: Buyer): number {
  let sum = 0;
  for (const { count } of undecided.values()) sum += count;
  return sum;
}

/** An event of any wallet ends the row of declines, so the wallet with the fewest counts. */
function intervalOf({ wallets }: Buyer): number {
  const declines = Math.min(...Array.from(wallets.values(), (wallet) => wallet.declines));
  const doublings = Math.max(0, declines - DOUBLING_FROM + 1);
  return Math.min(FIRST_INTERVAL_MS * 2 ** doublings, MAX_INTERVAL_MS);
}

function tooManyUndecided(max: number): AppError {
  return new AppError(purchaseErrors.TOO_MANY_UNDECIDED, {
    detail: `At most ${max} purchases of one buyer may be undecided.`,
    headers: { 'Retry-After': '1' },
  });
}

type Earlier = {
  /** The time of each buyer's newest purchase. */
  newestMs: ReadonlyMap<string, number>;
  /** Buyers whose events are parked. */
  parked: ReadonlySet<string>;
};

/** Read once for a batch, and only if it has a buyer who is not covered. */
async function readEarlier(trx: Knex.Transaction, copies: Copies, userIds: readonly string[]): Promise<Earlier> {
  const rows = await query<{ user_id: Buffer; newest: Buffer | null }>(
    trx,
    `SELECT wanted.user_id, (SELECT p.id FROM purchases AS p FORCE INDEX (purchases_user)
       WHERE p.user_id = wanted.user_id ORDER BY p.id DESC LIMIT 1) AS newest
     FROM (SELECT ? AS user_id${' UNION ALL SELECT ?'.repeat(userIds.length - 1)}) AS wanted`,
    userIds.map(sqlId),
  );
  const newestMs = new Map(
    rows.flatMap(({ user_id, newest }) => (newest === null ? [] : [[idText(user_id), idTimeMs(idText(newest)) ?? 0] as const])),
  );
  return { newestMs, parked: await copies.findParkedKeys(trx, userIds) };
}
