import { AppError, requestErrors } from '@florin/app-response';

export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs at most `running` tasks at once and starts the others in order of arrival.
 *
 * @throws AppError UNAVAILABLE if `waiting` tasks wait already: the client would give up before its turn
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
  /** Gives the slot to the next task in the queue, so that no new task can take it first. */
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
