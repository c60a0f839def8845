import winston from 'winston';
import { bufferedTransport } from './buffered-transport.ts';
import { currentLogFields } from './request-context.ts';

export type Logger = winston.Logger;

/**
 * Creates a logger that writes one JSON object per line to standard output: `time`, `level`, `service`, `event`, then the fields of
 * the current request (`requestId`, `clientRequestId`, `traceId`, `userId`, `sessionId`, `address`, `route`, `purchaseId`), then
 * those of the line. All services have this schema.
 */
export function createLogger(options: { service: string; level: string }): Logger {
  return winston.createLogger({
    level: options.level,
    defaultMeta: { service: options.service },
    format: winston.format.combine(
      winston.format.errors({ stack: true, cause: true }),
      logSchema(),
      winston.format.json({ deterministic: false }),
    ),
    transports: [bufferedTransport()],
  });
}

/** Names and orders the fields of a line. */
const logSchema = winston.format(({ level, message: event, service, ...fields }) => {
  const line = { time: new Date().toISOString(), level, service, event, ...currentLogFields(), ...fields };
  return line as unknown as winston.Logform.TransformableInfo;
});

/** Picks the fields of an error for a log line. */
export function faultOf(error: unknown): { error: string; stack?: string; code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code } = error as { code?: unknown };
  return { error: error.message, ...(error.stack ? { stack: error.stack } : {}), ...(typeof code === 'string' ? { code } : {}) };
}
