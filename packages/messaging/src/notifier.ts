export type Notifier = { notify(): void; wait(timeoutMs: number): Promise<void> };

/**
 * Creates a notifier. It remembers a notification that nobody waits for, so that none is lost between a check and the next wait.
 */
export function createNotifier(): Notifier {
  let isNotified = false;
  let resume: (() => void) | undefined;
  return {
    notify() {
      isNotified = true;
      resume?.();
    },
    async wait(timeoutMs) {
      if (!isNotified) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isNotified = false;
      resume = undefined;
    },
  };
}
