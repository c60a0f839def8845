import { AppError } from '@florin/app-response';
import { type AttemptLimit, createAttemptLimit, type RateLimitStore } from '@florin/http';
import { accountErrors } from './errors.ts';

export type PasswordLimitOptions = {
  /** So many wrong passwords are free: for one account, and from one address. 0 for any number. */
  freeAttempts: { account: number; address: number };
  firstDelayS: number;
  maxDelayS: number;
  forgetAfterS: number;
  store?: RateLimitStore | undefined;
};

/** What is guessed at, and from where. */
type Attempt = { account: string; address: string };

export type PasswordLimits = {
  /**
   * Lets one check a password, unless too many were wrong lately.
   *
   * @throws AppError RATE_LIMITED (429), the same for an account that does not exist
   */
  attempt<T>(by: Attempt, check: () => Promise<T>): Promise<T>;
};

/** Makes guessing passwords slow: a pause that doubles with each further wrong one, for the account and for the address. */
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
