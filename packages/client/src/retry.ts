import { FlorinNetworkError, FlorinProblem } from './problem.ts';
import { wait } from './wait.ts';

/** The bounds of the repetitions of one call. */
export type RetryPolicy = {
  /** Maximum number of requests, with the first one. */
  maxAttempts: number;
  /** Milliseconds after the first request, beyond which none is sent. */
  maxElapsedMs: number;
  /** Upper bound in milliseconds of the random delay before the first repetition. It doubles with each further one. */
  baseDelayMs: number;
  /** Bound of that doubling, in milliseconds. */
  maxDelayMs: number;
};

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 5, maxElapsedMs: 30_000, baseDelayMs: 200, maxDelayMs: 5_000 };

/** Not received in time, too many requests, and a service or gateway that is away or overloaded. */
const RETRIED_STATUSES: readonly number[] = [408, 429, 502, 503, 504];
/** Refusals that end by themselves while an account is new, if the server says when (`Retry-After`). */
const RETRIED_CODES: readonly string[] = ['WALLET_NOT_FOUND', 'WALLET_NOT_READY'];

/**
 * Repeats an attempt while it fails for a reason that may pass. The delay is what `Retry-After` asks for plus a random part with
 * a growing bound ("full jitter"), so that many clients that were refused together do not come back together.
 *
 * @throws the last failure, when the policy is used up or `Retry-After` leads beyond it; the reason of the signal
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { policy, signal }: { policy: RetryPolicy; signal?: AbortSignal | null | undefined },
): Promise<T> {
  const startedAt = performance.now();
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts >= policy.maxAttempts || !mayPass(error)) throw error;
      const delayMs = delayMsAfter(error, attempts, policy);
      if (performance.now() - startedAt + delayMs > policy.maxElapsedMs) throw error;
      await wait(delayMs, signal);
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof FlorinNetworkError) return true;
  if (!(error instanceof FlorinProblem)) return false;
  const { status, code, retryAfterMs } = error;
  return RETRIED_STATUSES.includes(status) || (retryAfterMs !== undefined && RETRIED_CODES.includes(code));
}

function delayMsAfter(error: unknown, attempts: number, { baseDelayMs, maxDelayMs }: RetryPolicy): number {
  const askedMs = error instanceof FlorinProblem ? (error.retryAfterMs ?? 0) : 0;
  return askedMs + jitterMs(Math.min(maxDelayMs, baseDelayMs * 2 ** (attempts - 1)));
}

/** Draws a delay up to this bound. */
export function jitterMs(boundMs: number): number {
  return Math.random() * boundMs;
}
