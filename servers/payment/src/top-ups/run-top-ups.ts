import type { Transact } from '@florin/database';
import { createPeriodicJob, faultOf, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { beginTopUp, type TopUpRequest } from './begin-top-up.ts';
import { claimUnfinished } from './claim-unfinished.ts';
import { recordReport } from './record-report.ts';
import type { TopUp } from './top-up.ts';
import type { OpenTopUpProvider, TopUpReport } from './top-up-provider.ts';

type Options = {
  transact: Transact;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  openProvider: OpenTopUpProvider;
  /** Time limit of a call to the provider. */
  timeoutMs: number;
  /** Maximum pause between two calls about one top-up. */
  maxPauseS: number;
  /** Interval of the job that finishes pending top-ups. */
  everyMs: number;
};

export type TopUps = PeriodicJob & {
  /** Tops up. Returns `pending` if the provider does not answer in time: the job asks again, also after a crash. */
  topUp(request: TopUpRequest): Promise<TopUp>;
};

/** Maximum number of concurrent calls to the provider. Beyond it, top-ups are left to the job. */
const MAX_CALLS = 32;
const JOB_BATCH_SIZE = 8;

/** Runs top-ups: one transaction for the intent, the call to the provider, and one transaction for its report. */
export function runTopUps({ transact, logger, metrics, openProvider, timeoutMs, maxPauseS, everyMs }: Options): TopUps {
  let calls = 0;
  const record = (report: TopUpReport): Promise<TopUp> => transact((trx) => recordReport(trx, report));
  const provider = openProvider(async (report) => void (await record(report)));

  const ask = async (topUp: TopUp): Promise<TopUp> => {
    if (calls >= MAX_CALLS) return topUp;
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

  const job = createPeriodicJob({
    job: 'finish-top-ups',
    name: 'finish top-ups',
    everyMs,
    logger,
    metrics,
    async run() {
      const unfinished = await transact((trx) => claimUnfinished(trx, { limit: JOB_BATCH_SIZE, maxPauseS }));
      await Promise.all(unfinished.map(ask));
      return unfinished.length === JOB_BATCH_SIZE;
    },
  });

  return {
    ...job,
    async topUp(request) {
      const options = { provider: provider.name, leaseMs: timeoutMs };
      return ask(await transact((trx) => beginTopUp(trx, request, options)));
    },
  };
}

/** For a provider that ignores the signal. */
function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The provider did not answer in time.')), { once: true });
  });
}
