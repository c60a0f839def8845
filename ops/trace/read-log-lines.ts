import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { developmentDirectory } from '../platform/service-databases.ts';
import { serviceNames } from '../platform/service-names.ts';

export type LogLine = { time: string; service: string; level: string; event: string; line: string };

export type LogSource = { files: readonly string[] } | { isDocker: true };

const MAX_LINES = 200;
/** The end of each file is read, up to this size. */
const MAX_BYTES = 256 * 1024 * 1024;

/** The logs of `npm start`. */
export const developmentLogs = serviceNames.map((name) => join(developmentDirectory, name, 'server.log'));

/** Finds the log lines with one of these texts, oldest first, at most 200. A file named `-` is standard input. */
export async function readLogLines(source: LogSource, texts: readonly string[]): Promise<LogLine[]> {
  const found: LogLine[] = [];
  for (const input of await openAll(source)) {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (found.length >= MAX_LINES) break;
      if (texts.some((text) => line.includes(text))) found.push(parse(line));
    }
    input.destroy();
  }
  return found.sort((a, b) => a.time.localeCompare(b.time));
}

async function openAll(source: LogSource): Promise<Readable[]> {
  if ('isDocker' in source) {
    const args = ['compose', 'logs', '--no-color', '--no-log-prefix', ...serviceNames];
    const logs = spawn('docker', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    logs.on('error', (error) => logs.stdout.destroy(error));
    return [logs.stdout];
  }
  return Promise.all(
    source.files.map(async (file) => {
      if (file === '-') return process.stdin;
      const { size } = await stat(file);
      return createReadStream(file, { start: Math.max(0, size - MAX_BYTES) });
    }),
  );
}

function parse(line: string): LogLine {
  try {
    const { time = '', service = '', level = '', event = '' } = JSON.parse(line) as Partial<LogLine>;
    return { time, service, level, event, line };
  } catch {
    return { time: '', service: '', level: '', event: line.slice(0, 200), line };
  }
}
