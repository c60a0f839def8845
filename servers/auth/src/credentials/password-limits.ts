import { AppError } from '@florin/app-response';
import { type AttemptLimit, createAttemptLimit, type RateLimitStore } from '@florin/http';
import { accountErrors } from './errors.ts';

export type PasswordLimitOptions = {
  /** Number of wrong passwords without a pause, for one account and from one address. 0: no limit. */
  freeAttempts: { account: number; address: number };
  firstDelayS: number;
  maxDelayS: number;
  forgetAfterS: number;
  store?: RateLimitStore | undefined;
};

/** The account that an attempt is for and the address that it comes from. */
type Attempt = { account: string; address: string };

export type PasswordLimits = {
  /**
   * Runs a password check, unless too many recent ones failed.
   *
   * @throws AppError RATE_LIMITED (429), also for an account that does not exist
   */
  attempt<T>(by: Attempt, check: () => Promise<T>): Promise<T>;
};

/** Slows down password guessing: each further wrong password doubles the pause, for the account and for the address. */
export function createPasswordLimits({ freeAttempts, ...delays }: PasswordLimitOptions): PasswordLimits {
  const byAccount = limitOf('password-account', freeAttempts.account, delays);
  const byAddress = limitOf('password-address', freeAttempts.address, delays);
  return {
    async attempt({ account, address }, check) {
      await byAddress.begin(address);
      try {
        await byAccount.begin(account);
      } catch (error) {
        await byAddress.takeBack(address);
        throw error;
      }
      try {
        const result = await check();
        await Promise.all([byAccount.forget(account), byAddress.takeBack(address)]);
        return result;
      } catch (error) {
        if (!isWrongPassword(error)) await Promise.all([byAccount.takeBack(account), byAddress.takeBack(address)]);
        throw error;
      }
    },
  };
}

const noLimit: AttemptLimit = { begin: async () => {}, takeBack: async () => {}, forget: async () => {} };

type Delays = Omit<PasswordLimitOptions, 'freeAttempts'>;

function limitOf(name: string, freeAttempts: number, delays: Delays): AttemptLimit {
  return freeAttempts === 0 ? noLimit : createAttemptLimit({ name, freeAttempts, ...delays });
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.code === accountErrors.INVALID_CREDENTIALS.code;
}
