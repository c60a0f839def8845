import { AppError } from '@florin/app-response';
import { formatAmount } from '@florin/values';
import { holdErrors } from './errors.ts';
import type { Hold } from './hold.ts';

/** How a hold ends when someone asks for it. `amountMinor`: what a capture takes; all of it where it is left out. */
export type Ending = { status: 'captured'; amountMinor?: number } | { status: 'released' };

/**
 * Decides what becomes of a hold that is to be captured or released: as it is where that was done already.
 *
 * A hold whose time is up has expired, also before it was swept: until when it can be captured does not depend on the sweeper.
 *
 * @throws AppError INVALID_TRANSITION where it ended another way, CAPTURE_EXCEEDS_HOLD
 */
export function decideEnding(hold: Hold, ending: Ending, now: Date): Hold {
  const takenMinor = ending.status === 'captured' ? (ending.amountMinor ?? hold.amountMinor) : 0;
  const isDone = hold.status === ending.status && hold.capturedMinor === takenMinor;
  if (isDone) return hold;
  const status = hold.status === 'held' && hold.expiresAt <= now ? 'expired' : hold.status;
  if (status !== 'held') throw new AppError(holdErrors.INVALID_TRANSITION, { detail: describe({ ...hold, status }) });
  if (takenMinor > hold.amountMinor) {
    throw new AppError(holdErrors.CAPTURE_EXCEEDS_HOLD, { detail: `${formatAmount(hold.amountMinor, hold.currency)} are held.` });
  }
  return { ...hold, status: ending.status, capturedMinor: takenMinor };
}

function describe({ status, capturedMinor, currency }: Hold): string {
  return status === 'captured' ? `${formatAmount(capturedMinor, currency)} of it were captured.` : `It is ${status}.`;
}
