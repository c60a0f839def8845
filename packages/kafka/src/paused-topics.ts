/** The topics of a subscription that deliver nothing now. Outlives sessions, so that a pause holds after a rebalance or a lost connection. */
export type PausedTopics = {
  has(topic: string): boolean;
  /** Replaces the set of paused topics. */
  set(topics: readonly string[]): void;
  /** Resolves when the topic is not paused, or when the signal aborts. */
  untilResumed(topic: string, signal: AbortSignal): Promise<void>;
};

export function createPausedTopics(topics: readonly string[] = []): PausedTopics {
  let paused = new Set(topics);
  // At most one for each partition.
  const waiting = new Set<() => void>();
  const change = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        waiting.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      waiting.add(end);
      signal.addEventListener('abort', end);
    });
  return {
    has: (topic) => paused.has(topic),
    set(next) {
      paused = new Set(next);
      for (const wake of [...waiting]) wake();
    },
    async untilResumed(topic, signal) {
      while (paused.has(topic) && !signal.aborted) await change(signal);
    },
  };
}
