import winston from 'winston';
import { bufferedTransport } from './buffered-transport.ts';
import { currentRequestId } from './request-context.ts';

export type Logger = winston.Logger;

/** Creates a logger that writes one JSON object per line to standard output. Lines written inside a request carry its id. */
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

/** Picks the fields of an error for a log line. */
export function faultOf(error: unknown): { error: string; stack?: string; code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code } = error as { code?: unknown };
  return { error: error.message, ...(error.stack ? { stack: error.stack } : {}), ...(typeof code === 'string' ? { code } : {}) };
}
