import { type Attempt, parseAttempt } from './attempt.ts';

const KEY = 'florin.checkout.attempt';

/** The payment of this tab. A reload keeps it. */
export const attemptStore = {
  read: (): Attempt | undefined => parseAttempt(sessionStorage.getItem(KEY)),
  write: (attempt: Attempt): void => sessionStorage.setItem(KEY, JSON.stringify(attempt)),
  clear: (): void => sessionStorage.removeItem(KEY),
};
