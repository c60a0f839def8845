import { faultOf, type Logger, type Transact } from '@florin/runtime';
import { timeOutPurchases } from './time-out-purchases.ts';

const LONGEST_INTERVAL_MS = 15_000;
const PURCHASES_AT_ONCE = 100;

/** Looks now and then for purchases that nobody decided in time. Several instances may sweep: they skip each other's rows. */
export function createTimeoutSweeper({ transact, logger, timeoutS }: { transact: Transact; logger: Logger; timeoutS: number }) {
  let timer: NodeJS.Timeout | undefined;
  let isSweeping = false;
  const sweep = async (): Promise<void> => {
    if (isSweeping) return;
    isSweeping = true;
    try {
      const options = { timeoutS, limit: PURCHASES_AT_ONCE };
      while (timer && (await transact((trx) => timeOutPurchases(trx, options))) === PURCHASES_AT_ONCE);
    } catch (error) {
      logger.warn('could not time purchases out', faultOf(error));
    } finally {
      isSweeping = false;
    }
  };
  return {
    start() {
      timer = setInterval(() => void sweep(), Math.min((timeoutS * 1000) / 4, LONGEST_INTERVAL_MS));
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
