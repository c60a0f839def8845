/** Tells the pages that the session has ended by itself: it expired, or was ended elsewhere. */
export type SessionEnd = {
  report(): void;
  /** @returns ends the subscription */
  subscribe(listener: () => void): () => void;
};

export function createSessionEnd(): SessionEnd {
  const listeners = new Set<() => void>();
  return {
    report: () => {
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
