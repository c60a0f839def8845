import { AppError, requestErrors } from '@florin/app-response';
import { formatAmount } from '@florin/values';
import { holdErrors } from './errors.ts';
import type { Hold } from './hold.ts';

/** A request to end a hold. `amountMinor`: of the capture; by default all of the hold. */
export type Ending = { status: 'captured'; amountMinor?: number } | { status: 'released' };

/**
 * Decides how a hold ends. Returns the hold itself if it ended this way before. A hold past its time has expired, whether or not
 * the job has released it.
 *
 * @throws AppError INVALID_TRANSITION if it ended another way, CAPTURE_EXCEEDS_HOLD
 */
export function decideEnding(hold: Hold, ending: Ending, now: Date): Hold {
  const takenMinor = ending.status === 'captured' ? (ending.amountMinor ?? hold.amountMinor) : 0;
  const isDone = hold.status === ending.status && hold.capturedMinor === takenMinor;
  if (isDone) return hold;
  const status = hold.status === 'held' && hold.expiresAt <= now ? 'expired' : hold.status;
  if (status !== 'held') throw new AppError(requestErrors.INVALID_TRANSITION, { detail: describe({ ...hold, status }) });
  if (takenMinor > hold.amountMinor) {
    throw new AppError(holdErrors.CAPTURE_EXCEEDS_HOLD, {
      detail: `The hold has ${formatAmount(hold.amountMinor, hold.currency)}.`,
      extensions: { limitMinor: hold.amountMinor },
    });
  }
  return { ...hold, status: ending.status, capturedMinor: takenMinor };
}

function describe({ status, capturedMinor, currency }: Hold): string {
  return status === 'captured' ? `The hold is captured: ${formatAmount(capturedMinor, currency)}.` : `The hold is ${status}.`;
}
