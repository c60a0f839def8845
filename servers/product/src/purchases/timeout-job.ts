import type { Transact } from '@florin/database';
import type { Copies } from '@florin/messaging';
import { type ClockWatch, createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { timeOutPurchases } from './time-out-purchases.ts';

const MAX_INTERVAL_MS = 15_000;
const BATCH_SIZE = 100;

type Options = {
  transact: Transact;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  clocks: Pick<ClockWatch, 'whenReliable'>;
  /** Nothing is timed out while an operator's pause holds decisions back: the purchases may be paid. */
  copies: Pick<Copies, 'areHeldBack'>;
  timeoutS: number;
};

/** Periodically cancels overdue purchases. Several instances may run at once: each skips the rows that another has locked. */
export function createTimeoutJob({ transact, logger, metrics, clocks, copies, timeoutS }: Options): PeriodicJob {
  const options = { timeoutS, limit: BATCH_SIZE };
  return createPeriodicJob({
    job: 'time-out-purchases',
    name: 'time purchases out',
    everyMs: Math.min((timeoutS * 1000) / 4, MAX_INTERVAL_MS),
    logger,
    metrics,
    run: clocks.whenReliable(async () =>
      copies.areHeldBack() ? 'skipped' : (await transact((trx) => timeOutPurchases(trx, options))) === BATCH_SIZE,
    ),
  });
}
