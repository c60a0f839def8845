import type { Transact } from '@florin/database';
import { type ClockWatch, createPeriodicJob, type Logger, type PeriodicJob } from '@florin/runtime';
import { timeOutPurchases } from './time-out-purchases.ts';

const LONGEST_INTERVAL_MS = 15_000;
const PURCHASES_AT_ONCE = 100;

type Options = { transact: Transact; logger: Logger; clocks: Pick<ClockWatch, 'whenReliable'>; timeoutS: number };

/** Looks now and then for purchases that nobody decided in time. Several instances may sweep: they skip each other's rows. */
export function createTimeoutSweeper({ transact, logger, clocks, timeoutS }: Options): PeriodicJob {
  const options = { timeoutS, limit: PURCHASES_AT_ONCE };
  return createPeriodicJob({
    name: 'time purchases out',
    everyMs: Math.min((timeoutS * 1000) / 4, LONGEST_INTERVAL_MS),
    logger,
    run: clocks.whenReliable(async () => (await transact((trx) => timeOutPurchases(trx, options))) === PURCHASES_AT_ONCE),
  });
}
