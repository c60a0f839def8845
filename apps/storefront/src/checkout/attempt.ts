export type CheckoutBody = {
  expectedTotalMinor: number;
  delivery?: { methodId: string; address: Address };
};

export type Address = {
  name: string;
  line1: string;
  line2?: string;
  postalCode: string;
  city: string;
  region?: string;
  country: string;
  phone?: string;
};

/** A payment that the buyer has ordered. It is kept until its answer is known, so that it is never ordered twice. */
export type Attempt = {
  /** The idempotency key of all its requests. */
  key: string;
  userId: string;
  body: CheckoutBody;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** The order that it has made: its number, or its id. */
  order?: string;
  /** The shop has refused it for now, and bought nothing: only the buyer sends it again. */
  isRefused?: true;
};

/** A payment that was interrupted longer ago than this goes on only when the buyer says so. */
const RESUME_WITHIN_MS = 600_000;

/** The attempt for this payment: the one before, with its key, while its answer is unknown; otherwise a new one. */
export function attemptFor(
  previous: Attempt | undefined,
  { userId, body, newKey, now }: { userId: string; body: CheckoutBody; newKey: () => string; now: number },
): Attempt {
  const isSame =
    previous !== undefined && isUnanswered(previous, userId) && JSON.stringify(previous.body) === JSON.stringify(body);
  if (!isSame) return { key: newKey(), userId, body, startedAt: now };
  const { isRefused: _, ...same } = previous;
  return same;
}

/** Whether the shop may have bought or not. */
export function isUnanswered(attempt: Attempt | undefined, userId: string): attempt is Attempt {
  return attempt !== undefined && attempt.userId === userId && attempt.order === undefined;
}

/** Whether a page that is loaded again goes on with the payment by itself. */
export function isResumed({ startedAt, isRefused }: Attempt, now: number): boolean {
  return isRefused !== true && now - startedAt < RESUME_WITHIN_MS;
}

/** Reads a stored attempt; undefined if the text is none. */
export function parseAttempt(text: string | null): Attempt | undefined {
  try {
    const stored = JSON.parse(text ?? 'null') as Partial<Attempt> | null;
    const isAttempt = typeof stored?.key === 'string' && typeof stored.userId === 'string' && typeof stored.body === 'object';
    return isAttempt ? (stored as Attempt) : undefined;
  } catch {
    return undefined;
  }
}
