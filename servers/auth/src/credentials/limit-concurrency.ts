import { AppError, requestErrors } from '@florin/app-response';

export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs at most `running` pieces of work at once, the others in order of their coming.
 *
 * @throws AppError UNAVAILABLE where more than `waiting` wait already: whoever came would have left before its turn
 */
export function limitConcurrency({ running, waiting }: { running: number; waiting: number }): Limit {
  const queue: (() => void)[] = [];
  let free = running;

  const enter = (): Promise<void> => {
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    if (queue.length >= waiting) throw new AppError(requestErrors.UNAVAILABLE, { headers: { 'Retry-After': '5' } });
    return new Promise((resolve) => queue.push(resolve));
  };
  /** A place goes straight to the next in the queue, so that nobody slips in between. */
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else free++;
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
