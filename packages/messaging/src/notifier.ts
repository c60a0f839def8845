export type Notifier = { notify(): void; wait(timeoutMs: number): Promise<void> };

/** Remembers a notification that nobody waited for, so that no wake-up is lost between a look and a wait. */
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
