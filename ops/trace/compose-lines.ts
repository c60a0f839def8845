import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { serviceNames } from '../platform/service-names.ts';

/** In milliseconds since 1970. */
export type LogPeriod = { fromMs: number; toMs: number };

/** Lines read of one container: those of hours, or of minutes at a high rate. */
const MAX_CONTAINER_LINES = 200_000;
const MAX_STDERR_LENGTH = 500;
/** Then docker is ended, and what it has printed counts as unreadable. */
const TIMEOUT_MS = 25_000;

/** The arguments of docker that print the log lines of all services in a period. Pure. */
export function composeLogArguments({ fromMs, toMs }: LogPeriod): string[] {
  const period = ['--since', new Date(fromMs).toISOString(), '--until', new Date(toMs).toISOString()];
  const form = ['--no-color', '--no-log-prefix', '--tail', String(MAX_CONTAINER_LINES)];
  return ['compose', 'logs', ...form, ...period, ...serviceNames];
}

/**
 * Reads the log lines of the containers of all services, at most 200,000 of each. Docker has the lines of containers that ended until
 * they are removed.
 *
 * @param environment has PATH, and what Docker and Compose read: the project, its files, the host
 * @throws Error if docker cannot be run or fails
 */
export async function* readComposeLines(period: LogPeriod, environment: NodeJS.ProcessEnv): AsyncGenerator<string, void> {
  const child = spawn('docker', composeLogArguments(period), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
    timeout: TIMEOUT_MS,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MAX_STDERR_LENGTH);
  });
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  closed.catch(() => {});
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    const [code] = await closed;
    if (code !== 0) throw new Error(`docker compose logs ended with ${code ?? child.signalCode}: ${stderr.trim()}`);
  } finally {
    child.kill();
  }
}
