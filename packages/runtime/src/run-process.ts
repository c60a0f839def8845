import { faultOf, type Logger } from './logger.ts';

/** A service that `runProcess` can run. */
export type Service = { start(): Promise<void>; stop(): Promise<void> };

type Options = {
  logger: Logger;
  stopTimeoutMs: number;
  /** What is written to the log before the start. */
  warnings?: readonly string[];
};

/**
 * Runs a service as this process: starts it, and stops it on SIGTERM or SIGINT within `stopTimeoutMs`. An uncaught error ends
 * the process, because its state is unknown.
 */
export async function runProcess(service: Service, { logger, stopTimeoutMs, warnings = [] }: Options): Promise<void> {
  for (const warning of warnings) logger.warn(warning);
  let isStopping = false;
  let hasFailed = false;
  const end = async (reason: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    logger.info('stopping', { reason });
    setTimeout(() => {
      logger.error('did not stop in time', { stopTimeoutMs });
      process.exit(1);
    }, stopTimeoutMs);
    try {
      await service.stop();
    } catch (error) {
      logger.error('stopping failed', faultOf(error));
      hasFailed = true;
    }
    logger.info('stopped');
    process.exit(hasFailed ? 1 : 0);
  };
  const die = (error: unknown): void => {
    logger.error('unexpected fault', faultOf(error));
    hasFailed = true;
    void end('unexpected fault');
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
  try {
    await service.start();
  } catch (error) {
    logger.error('could not start', faultOf(error));
    hasFailed = true;
    await end('could not start');
  }
}
