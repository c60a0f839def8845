import { faultOf, type Logger } from './logger.ts';

export type PeriodicJob = {
  start(): void;
  /** Stops the timer and waits for the run under way. */
  stop(): Promise<void>;
};

type Options = {
  /** What the job does, as an infinitive for the log: `release expired holds`. */
  name: string;
  everyMs: number;
  logger: Logger;
  /** Does a bounded amount of work. Returns true if there may be more; it is then called again at once. */
  run(): Promise<boolean>;
};

/** Creates a job that runs every `everyMs` milliseconds, at most once at a time. A failed run is logged, and the next one retries. */
export function createPeriodicJob({ name, everyMs, logger, run }: Options): PeriodicJob {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    try {
      while (timer !== undefined && (await run()));
    } catch (error) {
      logger.warn(`could not ${name}`, faultOf(error));
    }
  };
  return {
    start() {
      timer = setInterval(() => {
        running ??= runAll().finally(() => {
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
