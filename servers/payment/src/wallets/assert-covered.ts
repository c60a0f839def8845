import { AppError } from '@florin/app-response';
import { formatAmount } from '@florin/values';
import { walletErrors } from './errors.ts';
import { availableMinor, isCountable, type Wallet } from './wallet.ts';

/**
 * Refuses a wallet that is overdrawn beyond its credit limit, or whose balance is not a safe integer.
 *
 * @throws AppError WALLET_INSUFFICIENT_FUNDS, WALLET_FULL
 */
export function assertCovered(wallet: Wallet): void {
  const available = availableMinor(wallet);
  if (available < 0)
    throw new AppError(walletErrors.WALLET_INSUFFICIENT_FUNDS, {
      detail: `The wallet lacks ${formatAmount(-available, wallet.currency)}.`,
    });
  if (!isCountable(wallet)) throw new AppError(walletErrors.WALLET_FULL);
}
