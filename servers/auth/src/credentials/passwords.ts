import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { limitConcurrency } from './limit-concurrency.ts';

export type Passwords = {
  hash(password: string): Promise<string>;
  /** Takes the same time without a hash, so that the duration does not reveal whether the account exists. */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
  /** Tells whether a hash was made at a lower cost than hashes are made at now. */
  isOutdated(passwordHash: string): boolean;
};

export type PasswordCost = { memoryCost: number; timeCost: number; parallelism: number };

/** OWASP's first recommendation for argon2id, the default algorithm of this library: 53 ms on one core of 2026. */
const COST: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Limits concurrent hashing: each hash takes 19 MiB and one of Node's four worker threads, which also resolve host names. 2 cores
 * compute about 38 hashes a second, so a request behind this many would wait for over five seconds.
 */
const LIMITS = { running: 2, waiting: 200 };

const HASH = /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<time>\d+),p=\d+\$/;

/** Hashes and checks passwords with argon2id. */
export function createPasswords(limits = LIMITS, cost = COST): Passwords {
  const limited = limitConcurrency(limits);
  const hashed = (password: string) => limited(() => hash(spelling(password), cost));
  const nobody = hashed(randomUUID());
  return {
    hash: hashed,
    matches: async (password, passwordHash) => {
      const expected = passwordHash ?? (await nobody);
      const isMatch = await limited(() => verify(expected, spelling(password)));
      return isMatch && passwordHash !== undefined;
    },
    isOutdated: (passwordHash) => {
      const { memory, time } = HASH.exec(passwordHash)?.groups ?? {};
      return !(Number(memory) >= cost.memoryCost && Number(time) >= cost.timeCost);
    },
  };
}

/** Keyboards differ in how they compose the same character. */
function spelling(password: string): string {
  return password.normalize('NFKC');
}
