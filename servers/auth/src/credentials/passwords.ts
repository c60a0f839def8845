import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { limitConcurrency } from './limit-concurrency.ts';

export type Passwords = {
  hash(password: string): Promise<string>;
  /** Takes the same time without a hash, so that the duration does not reveal whether the account exists. */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
};

/** OWASP's first recommendation for argon2id, the default algorithm of this library: 53 ms on one core of 2026. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Limits concurrent hashing: each hash takes 19 MiB and one of Node's four worker threads, which also resolve host names. 2 cores
 * compute about 38 hashes a second, so a request behind this many would wait for over five seconds.
 */
const LIMITS = { running: 2, waiting: 200 };

/** Hashes and checks passwords with argon2id. */
export function createPasswords(limits = LIMITS): Passwords {
  const limited = limitConcurrency(limits);
  const hashed = (password: string) => limited(() => hash(spelling(password), COST));
  const nobody = hashed(randomUUID());
  return {
    hash: hashed,
    matches: async (password, passwordHash) => {
      const expected = passwordHash ?? (await nobody);
      const isMatch = await limited(() => verify(expected, spelling(password)));
      return isMatch && passwordHash !== undefined;
    },
  };
}

/** Keyboards differ in how they compose the same character. */
function spelling(password: string): string {
  return password.normalize('NFKC');
}
