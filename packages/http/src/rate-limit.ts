import { AppError, requestErrors } from '@florin/app-response';
import { type Count, memoryCounter, type RateLimitCounter, type RateLimitStore, sharedCounter } from './rate-limit-counter.ts';

export type RateLimitOptions = {
  /** Name of the limit, for clients and the store: `sign-up`. Letters, digits and `-`. */
  name: string;
  /** Maximum number of uses per key within `durationS` seconds. */
  points: number;
  durationS: number;
  /** Where several instances count together; without it this instance counts by itself, in memory. */
  store?: RateLimitStore | undefined;
};

export type RateLimit = {
  /**
   * Counts one use of a key.
   *
   * @returns the `RateLimit` and `RateLimit-Policy` headers of the response
   * @throws AppError RATE_LIMITED (429) if the limit is exceeded
   */
  take(key: string): Promise<Record<string, string>>;
  /**
   * Checks whether a key may be used, without counting a use.
   *
   * @throws AppError RATE_LIMITED (429) if the next use would exceed the limit
   */
  check(key: string): Promise<void>;
  /** Counts a use that has taken place, whether it exceeds the limit or not. */
  count(key: string): Promise<void>;
};

/** Creates a limit on the number of uses per key and window. */
export function createRateLimit({ name, points, durationS, store }: RateLimitOptions): RateLimit {
  const counter = counterOf(name, store);
  const policy = policyOf(name, points, durationS);
  return {
    async take(key) {
      const { used, endsInMs } = await counter.add(key, durationS);
      const headers = quotaHeaders(policy, { used, endsInMs });
      if (used > points) throw rateLimited(headers, endsInMs);
      return headers;
    },
    async check(key) {
      const { used, endsInMs } = await counter.read(key, durationS);
      if (used >= points) throw rateLimited(quotaHeaders(policy, { used, endsInMs }), endsInMs);
    },
    async count(key) {
      await counter.add(key, durationS);
    },
  };
}

export type AttemptLimitOptions = {
  name: string;
  /** Number of attempts that may fail without a delay. */
  freeAttempts: number;
  /** Seconds of delay after the next failure. Each further failure doubles the delay. */
  firstDelayS: number;
  maxDelayS: number;
  /** Seconds after which a failure no longer counts. */
  forgetAfterS: number;
  store?: RateLimitStore | undefined;
};

export type AttemptLimit = {
  /**
   * Counts an attempt as failed before it is made, so that concurrent attempts cannot evade the limit: each delay allows one.
   *
   * @throws AppError RATE_LIMITED (429) during a delay
   */
  begin(key: string): Promise<void>;
  /** Call it if the attempt succeeded: takes back this attempt only. For keys that several people share, such as an address. */
  takeBack(key: string): Promise<void>;
  /** Counts a failure without a delay for this attempt. */
  note(key: string): Promise<void>;
  /** Returns the number of failures that count. */
  failuresOf(key: string): Promise<number>;
  /** Call it if the attempt succeeded: takes back all attempts. For keys of one person, such as a user. */
  forget(key: string): Promise<void>;
};

/** Creates a limit that delays repeated failures, such as wrong passwords, longer each time. */
export function createAttemptLimit(options: AttemptLimitOptions): AttemptLimit {
  const { name, freeAttempts, forgetAfterS, store } = options;
  const failures = counterOf(name, store);
  const pauses = counterOf(`${name}-pause`, store);
  const policy = policyOf(name, freeAttempts, forgetAfterS);
  const refuse = (endsInMs: number): never => {
    throw rateLimited(quotaHeaders(policy, { used: freeAttempts, endsInMs }), endsInMs);
  };
  return {
    async begin(key) {
      const { used: before } = await failures.read(key, forgetAfterS);
      if (before >= freeAttempts) {
        const pause = await pauses.add(key, pauseS(before - freeAttempts, options));
        if (pause.used > 1) refuse(pause.endsInMs);
      }
      const { used } = await failures.add(key, forgetAfterS);
      if (before < freeAttempts && used > freeAttempts) refuse(pauseS(0, options) * 1000);
    },
    async takeBack(key) {
      await failures.takeBack(key);
      await pauses.forget(key);
    },
    async note(key) {
      await failures.add(key, forgetAfterS);
    },
    failuresOf: async (key) => (await failures.read(key, forgetAfterS)).used,
    async forget(key) {
      await failures.forget(key);
      await pauses.forget(key);
    },
  };
}

function counterOf(name: string, store: RateLimitStore | undefined): RateLimitCounter {
  return store === undefined ? memoryCounter(name) : sharedCounter(name, store);
}

function pauseS(failures: number, { firstDelayS, maxDelayS }: AttemptLimitOptions): number {
  return Math.min(firstDelayS * 2 ** Math.min(failures, 30), maxDelayS);
}

type Policy = { name: string; points: number; header: string };

function policyOf(name: string, points: number, durationS: number): Policy {
  return { name, points, header: `"${name}";q=${points};w=${durationS}` };
}

/**
 * Builds the headers of draft-ietf-httpapi-ratelimit-headers-11: quota and window of the policy, remaining uses, seconds until
 * reset.
 */
function quotaHeaders({ name, points, header }: Policy, { used, endsInMs }: Count): Record<string, string> {
  const remaining = Math.max(0, points - used);
  return { 'RateLimit-Policy': header, RateLimit: `"${name}";r=${remaining};t=${Math.ceil(endsInMs / 1000)}` };
}

function rateLimited(headers: Record<string, string>, waitMs: number): AppError {
  const waitS = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError(requestErrors.RATE_LIMITED, {
    detail: `Try again in ${waitS} s.`,
    headers: { ...headers, 'Retry-After': String(waitS) },
  });
}
