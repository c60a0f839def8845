import winston from 'winston';
import { bufferedTransport } from './buffered-transport.ts';
import { isLogged, type LogComponent, type LogLevels, leastSevere, parseLogLevels } from './log-levels.ts';
import { prettyLine } from './pretty-line.ts';
import { currentLogFields } from './request-context.ts';

export type Logger = winston.Logger;

/** `json`: one object a line. `plain` and `coloured`: one line a record, for people. */
export type LogFormat = 'json' | 'plain' | 'coloured';

export type LoggerOptions = {
  service: string;
  /** As in `LOG_LEVEL` (`parseLogLevels`). */
  level: string;
  /** Default json. */
  format?: LogFormat;
};

/** The symbol under which winston keeps the finished line. */
const LINE = Symbol.for('message');

/**
 * Creates a logger that writes one record per line to standard output: `time`, `level`, `service`, `component`, `event`, then the
 * fields of the current request (`requestId`, `clientRequestId`, `traceId`, `userId`, `sessionId`, `address`, `route`,
 * `purchaseId`), then those of the line. All services have this schema.
 *
 * @throws Error if `level` is not valid
 */
export function createLogger({ service, level, format = 'json' }: LoggerOptions): Logger {
  const levels = parseLogLevels(level);
  return winston.createLogger({
    level: leastSevere(levels),
    defaultMeta: { service },
    format: winston.format.combine(
      onlyLogged(levels),
      winston.format.errors({ stack: true, cause: true }),
      logSchema(),
      format === 'json' ? winston.format.json({ deterministic: false }) : pretty({ isColoured: format === 'coloured' }),
    ),
    transports: [bufferedTransport()],
  });
}

/** The logger of a part of the service: its lines name the part, and `LOG_LEVEL` may give it a level of its own. */
export function componentLogger(logger: Logger, component: LogComponent): Logger {
  return logger.child({ component });
}

/**
 * People read a terminal in development; programs read everything else. Node decides on colours: a terminal has them, unless
 * `NO_COLOR` (https://no-color.org) or `TERM=dumb` is set.
 */
export function logFormatFor(
  stream: { isTTY?: boolean; hasColors?(): boolean },
  { isProduction }: { isProduction: boolean },
): LogFormat {
  if (isProduction || stream.isTTY !== true) return 'json';
  return stream.hasColors?.() === true ? 'coloured' : 'plain';
}

/** Drops lines before they are formatted. */
const onlyLogged = winston.format((info, levels) =>
  isLogged(levels as LogLevels, info.level, info['component']) ? info : false,
) as (levels: LogLevels) => winston.Logform.Format;

/** Names and orders the fields of a line. */
const logSchema = winston.format(({ level, message: event, service, component, ...fields }) => {
  const line = { time: new Date().toISOString(), level, service, component, event, ...currentLogFields(), ...fields };
  return line as unknown as winston.Logform.TransformableInfo;
});

const pretty = winston.format((info, options) => {
  info[LINE] = prettyLine(info as unknown as Parameters<typeof prettyLine>[0], options as { isColoured: boolean });
  return info;
});

/** Picks the fields of an error for a log line. */
export function faultOf(error: unknown): { error: string; stack?: string; code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const { code } = error as { code?: unknown };
  return { error: error.message, ...(error.stack ? { stack: error.stack } : {}), ...(typeof code === 'string' ? { code } : {}) };
}
