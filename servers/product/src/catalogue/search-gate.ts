import { AppError, requestErrors } from '@florin/app-response';
import { isStatementTimeout } from '@florin/database';
import { createBatcher } from '@florin/runtime';

export type SearchGate = {
  /**
   * Runs a search when its turn comes.
   *
   * @throws AppError UNAVAILABLE with Retry-After if too many searches wait, or if a statement of the search exceeds its time
   */
  run<Found>(search: () => Promise<Found>): Promise<Found>;
};

export type SearchGateOptions = {
  /** Maximum number of searches at the same time. */
  concurrency: number;
  /** Maximum number of searches that wait. Further ones are refused at once. */
  maxWaiting: number;
};

const BUSY_RETRY_S = '1';
const SLOW_RETRY_S = '5';

/** Bounds the searches for text of this instance: a single one may read most of the catalogue. */
export function createSearchGate({ concurrency, maxWaiting }: SearchGateOptions): SearchGate {
  let open = 0;
  const searches = createBatcher<() => Promise<unknown>, unknown>({
    maxInFlight: concurrency,
    maxItems: 1,
    maxWeight: 1,
    weightOf: () => 1,
    run: ([search]) => Promise.allSettled([search?.()]),
  });
  return {
    async run<Found>(search: () => Promise<Found>) {
      if (open >= concurrency + maxWaiting) throw busy();
      open++;
      try {
        return (await searches.add(search)) as Found;
      } catch (error) {
        throw isStatementTimeout(error) ? tooSlow(error) : error;
      } finally {
        open--;
      }
    },
  };
}

function busy(): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'Too many searches are waiting.',
    headers: { 'Retry-After': BUSY_RETRY_S },
  });
}

function tooSlow(cause: unknown): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'The search took too long. Search for rarer words.',
    headers: { 'Retry-After': SLOW_RETRY_S },
    cause,
  });
}
