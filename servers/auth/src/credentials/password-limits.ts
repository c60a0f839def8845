import { AppError } from '@florin/app-response';
import { type AttemptLimit, createAttemptLimit, type RateLimitStore } from '@florin/http';
import { accountErrors } from './errors.ts';
import type { Attempt, CountedAccount } from './read-attempt.ts';

export type PasswordLimitOptions = {
  /**
   * Number of wrong passwords without a pause; 0: no limit. `account`: for one account from one address; `elsewhere`: for one
   * account from all addresses that it has not been signed in from lately; `address`: from one address.
   */
  freeAttempts: { account: number; elsewhere: number; address: number };
  firstDelayS: number;
  maxDelayS: number;
  forgetAfterS: number;
  store?: RateLimitStore | undefined;
};

export type PasswordLimits = {
  /**
   * Runs a password check, unless too many recent ones failed.
   *
   * @throws AppError RATE_LIMITED (429), also for an account that does not exist
   */
  attempt<T>(by: Attempt, check: () => Promise<T>): Promise<T>;
  /** Returns the number of failed attempts on the account that count, from all addresses. */
  failuresOf(account: CountedAccount): Promise<number>;
};

/**
 * Slows down password guessing: each further wrong password doubles the pause. Failures are counted per account and address, so
 * that nobody locks the owner out from another address. Guessing from many addresses is slowed down by a count of its own, which
 * does not apply to addresses that the owner has signed in from lately.
 */
export function createPasswordLimits({ freeAttempts, ...delays }: PasswordLimitOptions): PasswordLimits {
  const byAddress = limitOf('password-address', freeAttempts.address, delays);
  const byBoth = limitOf('password-account-address', freeAttempts.account, delays);
  const isCounted = freeAttempts.account > 0 || freeAttempts.elsewhere > 0;
  const byAccount = limitOf('password-elsewhere', freeAttempts.elsewhere || (isCounted ? NEVER_REACHED : 0), delays);

  const begin = async ({ account, address, isKnownAddress }: Keys): Promise<void> => {
    await byAddress.begin(address);
    try {
      await byBoth.begin(`${account} ${address}`);
      if (!isKnownAddress) await undoing(byAccount.begin(account), () => byBoth.takeBack(`${account} ${address}`));
    } catch (error) {
      await byAddress.takeBack(address);
      throw error;
    }
  };
  const takeBack = async ({ account, address, isKnownAddress }: Keys): Promise<void> => {
    await Promise.all([byAddress.takeBack(address), isKnownAddress ? undefined : byAccount.takeBack(account)]);
  };

  return {
    async attempt(by, check) {
      const keys = { ...by, account: keyOf(by.account) };
      const both = `${keys.account} ${keys.address}`;
      await begin(keys);
      try {
        const result = await check();
        await Promise.all([takeBack(keys), byBoth.forget(both)]);
        return result;
      } catch (error) {
        if (!isWrongPassword(error)) await Promise.all([takeBack(keys), byBoth.takeBack(both)]);
        else if (keys.isKnownAddress) await byAccount.note(keys.account);
        throw error;
      }
    },
    failuresOf: (account) => byAccount.failuresOf(keyOf(account)),
  };
}

type Keys = { account: string; address: string; isKnownAddress: boolean };

/** Counts without a limit. */
const NEVER_REACHED = 1_000_000_000;

const noLimit: AttemptLimit = {
  begin: async () => {},
  takeBack: async () => {},
  note: async () => {},
  failuresOf: async () => 0,
  forget: async () => {},
};

type Delays = Omit<PasswordLimitOptions, 'freeAttempts'>;

function limitOf(name: string, freeAttempts: number, delays: Delays): AttemptLimit {
  return freeAttempts === 0 ? noLimit : createAttemptLimit({ name, freeAttempts, ...delays });
}

/** After an unlock the account has another key. */
function keyOf({ name, generation }: CountedAccount): string {
  return `${generation} ${name}`;
}

async function undoing(work: Promise<void>, undo: () => Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    await undo();
    throw error;
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.code === accountErrors.INVALID_CREDENTIALS.code;
}
