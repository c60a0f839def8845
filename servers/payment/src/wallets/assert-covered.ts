import { AppError } from '@florin/app-response';
import { formatAmount } from '@florin/values';
import { walletErrors } from './errors.ts';
import { availableMinor, isCountable, type Wallet } from './wallet.ts';

/**
 * Refuses what would leave a wallet in a state that must not be: overdrawn past its credit limit, or with more than can be counted.
 *
 * @throws AppError WALLET_INSUFFICIENT_FUNDS, WALLET_FULL
 */
export function assertCovered(wallet: Wallet): void {
  const available = availableMinor(wallet);
  if (available < 0)
    throw new AppError(walletErrors.WALLET_INSUFFICIENT_FUNDS, {
      detail: `${formatAmount(-available, wallet.currency)} are missing.`,
    });
  if (!isCountable(wallet)) throw new AppError(walletErrors.WALLET_FULL);
}
