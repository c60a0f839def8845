import { faultOf, type Logger } from './logger.ts';
import type { JobOutcome, Metrics } from './metrics.ts';

export type PeriodicJob = {
  start(): void;
  /** Stops the timer and waits for the run under way. */
  stop(): Promise<void>;
};

/** `true`: there may be more to do. `skipped`: nothing was done, because the job's data is not reliable now. */
export type JobResult = boolean | 'skipped';

type Options = {
  /** The job's label in the metrics, from a fixed set: `expire-holds`. */
  job: string;
  /** What the job does, as an infinitive for the log: `release expired holds`. */
  name: string;
  everyMs: number;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  /** Does a bounded amount of work. Returns true if there may be more; it is then called again at once. */
  run(): Promise<JobResult>;
};

/** Creates a job that runs every `everyMs` milliseconds, at most once at a time. A failed run is logged, and the next one retries. */
export function createPeriodicJob({ job, name, everyMs, logger, metrics, run }: Options): PeriodicJob {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<JobOutcome> => {
    try {
      let result: JobResult = true;
      while (timer !== undefined && result === true) result = await run();
      return result === 'skipped' ? 'skipped' : 'success';
    } catch (error) {
      logger.warn(`could not ${name}`, faultOf(error));
      return 'failure';
    }
  };
  const runOnce = async (): Promise<void> => {
    const startedAt = performance.now();
    const outcome = await runAll();
    metrics.observeJob(job, { outcome, durationS: (performance.now() - startedAt) / 1000 });
  };
  return {
    start() {
      timer = setInterval(() => {
        running ??= runOnce().finally(() => {
          running = undefined;
        });
      }, everyMs);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
