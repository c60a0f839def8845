import { FlorinProblem } from '@florin/client';

/** A top-up that was sent, or is about to be. The same key and amount may be sent again: nothing happens twice. */
export type TopUpAttempt = { userId: string; key: string; amountMinor: number };

const KEY = 'florin.top-up';

/** Keeps the attempt over a reload of this tab, before it is sent. */
export function keepAttempt(storage: Pick<Storage, 'setItem'>, attempt: TopUpAttempt): void {
  storage.setItem(KEY, JSON.stringify(attempt));
}

export function forgetAttempt(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(KEY);
}

/** @returns undefined without one, and for another user's */
export function keptAttempt(storage: Pick<Storage, 'getItem'>, userId: string): TopUpAttempt | undefined {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? 'null') as Partial<TopUpAttempt> | null;
    if (kept?.userId !== userId || typeof kept.key !== 'string' || !Number.isSafeInteger(kept.amountMinor)) return undefined;
    return kept as TopUpAttempt;
  } catch {
    return undefined;
  }
}

/** Codes of 5xx that say that this request did nothing. */
const CERTAIN: readonly string[] = ['TOP_UPS_UNAVAILABLE'];
/** Statuses of answers that may come before the key is looked up: they tell nothing of an earlier request with this key. */
const BEFORE_KEY: readonly number[] = [401, 408, 429];

/**
 * Whether the top-up may have been made although the request failed: then only the same key may be sent again. The client repeats
 * lost requests itself, so also a first refusal may follow one that was applied.
 *
 * @param isRepeat whether an earlier request with this key had no answer
 */
export function mayBeDone(error: unknown, isRepeat: boolean): boolean {
  if (!(error instanceof FlorinProblem) || BEFORE_KEY.includes(error.status)) return true;
  return error.status >= 500 && (isRepeat || !CERTAIN.includes(error.code));
}
