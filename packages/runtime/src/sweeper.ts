import { faultOf, type Logger } from './logger.ts';

export type Sweeper = {
  start(): void;
  /** Returns when the sweep under way has ended. */
  stop(): Promise<void>;
};

type Options = {
  /** What it does, for the log: `release expired holds`. */
  name: string;
  everyMs: number;
  logger: Logger;
  /** One bounded piece of work. Says whether there may be more, and is then called again at once. */
  sweep(): Promise<boolean>;
};

/** Does a piece of work now and then, never twice at once in one process; what fails is logged and tried at the next turn. */
export function createSweeper({ name, everyMs, logger, sweep }: Options): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | undefined;
  const sweepAll = async (): Promise<void> => {
    try {
      while (timer !== undefined && (await sweep()));
    } catch (error) {
      logger.warn(`could not ${name}`, faultOf(error));
    }
  };
  return {
    start() {
      timer = setInterval(() => {
        sweeping ??= sweepAll().finally(() => {
          sweeping = undefined;
        });
      }, everyMs);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await sweeping;
    },
  };
}
