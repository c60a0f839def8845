import { AppError, requestErrors } from '@florin/app-response';

export type ImportSlots = {
  /**
   * Takes a slot of a user. Returns a function that frees it.
   *
   * @throws AppError RATE_LIMITED if the user has too many imports running, UNAVAILABLE if all users together have
   */
  take(userId: string): () => void;
};

export type ImportSlotsOptions = {
  /** Maximum number of imports at the same time in this process. */
  concurrency: number;
  /** Maximum number of imports of a user at the same time in this process. */
  userConcurrency: number;
};

const RETRY_AFTER_S = '10';

/** Bounds the imports at the same time, so that one user cannot take all slots. Memory holds at most `concurrency` users. */
export function createImportSlots({ concurrency, userConcurrency }: ImportSlotsOptions): ImportSlots {
  const running: string[] = [];
  return {
    take(userId) {
      if (running.filter((user) => user === userId).length >= userConcurrency) throw userHasTooMany(userConcurrency);
      if (running.length >= concurrency) throw tooMany();
      running.push(userId);
      return () => void running.splice(running.indexOf(userId), 1);
    },
  };
}

function userHasTooMany(maximum: number): AppError {
  return new AppError(requestErrors.RATE_LIMITED, {
    detail: `The maximum of imports of one user at the same time is ${maximum}. Retry when your import has ended.`,
    headers: { 'Retry-After': RETRY_AFTER_S },
  });
}

function tooMany(): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'Too many imports are running.',
    headers: { 'Retry-After': RETRY_AFTER_S },
  });
}
