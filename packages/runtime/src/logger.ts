import winston from 'winston';
import { bufferedTransport } from './buffered-transport.ts';
import { currentRequestId } from './request-context.ts';

export type Logger = winston.Logger;

/** A logger that writes one JSON line per entry to standard output; lines written inside a request carry its id. */
export function createLogger(options: { service: string; level: string }): Logger {
  const requestId = winston.format((entry) => {
    const id = currentRequestId();
    if (id !== undefined) entry['requestId'] = id;
    return entry;
  });
  return winston.createLogger({
    level: options.level,
    defaultMeta: { service: options.service },
    format: winston.format.combine(
      requestId(),
      winston.format.timestamp(),
      winston.format.errors({ stack: true, cause: true }),
      winston.format.json(),
    ),
    transports: [bufferedTransport()],
  });
}

/** What a log line keeps of something thrown. */
export function faultOf(error: unknown): { error: string; stack?: string; code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code } = error as { code?: unknown };
  return { error: error.message, ...(error.stack ? { stack: error.stack } : {}), ...(typeof code === 'string' ? { code } : {}) };
}
