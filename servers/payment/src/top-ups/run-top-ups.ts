import { createPeriodicJob, faultOf, type Logger, type PeriodicJob, type Transact } from '@florin/runtime';
import { beginTopUp, type TopUpRequest } from './begin-top-up.ts';
import { claimUnfinished } from './claim-unfinished.ts';
import { recordReport } from './record-report.ts';
import type { TopUp } from './top-up.ts';
import type { OpenTopUpProvider, TopUpReport } from './top-up-provider.ts';

type Options = {
  transact: Transact;
  logger: Logger;
  openProvider: OpenTopUpProvider;
  /** The longest that the provider is waited for. */
  timeoutMs: number;
  /** Between two questions about one. */
  longestPauseS: number;
  /** How often unfinished top-ups are looked for. */
  sweepEveryMs: number;
};

export type TopUps = PeriodicJob & {
  /** Pays in. Answers `pending` where the provider has not said in time: the sweeper goes on asking, also after a crash. */
  topUp(request: TopUpRequest): Promise<TopUp>;
};

/** More than this are not asked of the provider at once; what comes then is left to the sweeper. */
const MOST_CALLS = 32;
const SWEPT_AT_ONCE = 8;

/** Intent, call, result: two transactions, and the call to the outside between them. */
export function runTopUps({ transact, logger, openProvider, timeoutMs, longestPauseS, sweepEveryMs }: Options): TopUps {
  let calls = 0;
  const record = (report: TopUpReport): Promise<TopUp> => transact((trx) => recordReport(trx, report));
  const provider = openProvider(async (report) => void (await record(report)));

  const ask = async (topUp: TopUp): Promise<TopUp> => {
    if (calls >= MOST_CALLS) return topUp;
    calls++;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      return await record(await Promise.race([provider.charge(topUp, { signal }), rejectOn(signal)]));
    } catch (error) {
      logger.warn('a top-up stays pending', { topUpId: topUp.id, ...faultOf(error) });
      return topUp;
    } finally {
      calls--;
    }
  };

  const sweeper = createPeriodicJob({
    name: 'finish top-ups',
    everyMs: sweepEveryMs,
    logger,
    async run() {
      const unfinished = await transact((trx) => claimUnfinished(trx, { limit: SWEPT_AT_ONCE, longestPauseS }));
      await Promise.all(unfinished.map(ask));
      return unfinished.length === SWEPT_AT_ONCE;
    },
  });

  return {
    ...sweeper,
    async topUp(request) {
      const options = { provider: provider.name, leaseMs: timeoutMs };
      return ask(await transact((trx) => beginTopUp(trx, request, options)));
    },
  };
}

/** For a provider that does not heed the signal. */
function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The provider did not answer in time.')), { once: true });
  });
}
