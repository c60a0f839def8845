import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { developmentDirectory } from '../platform/service-databases.ts';
import { serviceNames } from '../platform/service-names.ts';
import { type LogPeriod, readComposeLines } from './compose-lines.ts';

export type LogLine = { time: string; service: string; level: string; event: string; line: string };

export type LogSource = { files: readonly string[] } | { isDocker: true };

const MAX_LINES = 200;
/** The end of each file is read, up to this size. */
const MAX_BYTES = 256 * 1024 * 1024;

/** The logs of `npm start`. */
export const developmentLogs = serviceNames.map((name) => join(developmentDirectory, name, 'server.log'));

type LogSearch = LogPeriod & {
  /** Lines with one of these are found. */
  texts: readonly string[];
  /** For docker. */
  environment: NodeJS.ProcessEnv;
};

/**
 * Finds the log lines with one of the texts, oldest first, at most 200. A file named `-` is standard input. Of containers, only the
 * lines of the period are read.
 */
export async function readLogLines(source: LogSource, search: LogSearch): Promise<LogLine[]> {
  const found: LogLine[] = [];
  const sources = 'isDocker' in source ? [readComposeLines(search, search.environment)] : source.files.map(readFileLines);
  for (const lines of sources) {
    for await (const line of lines) {
      if (found.length >= MAX_LINES) break;
      if (search.texts.some((text) => line.includes(text))) found.push(parse(line));
    }
  }
  return found.sort((a, b) => a.time.localeCompare(b.time));
}

async function* readFileLines(file: string): AsyncGenerator<string, void> {
  const input = file === '-' ? process.stdin : await openEnd(file);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } finally {
    input.destroy();
  }
}

async function openEnd(file: string): Promise<Readable> {
  const { size } = await stat(file);
  return createReadStream(file, { start: Math.max(0, size - MAX_BYTES) });
}

/** Docker writes the container's name, or control characters, before a line. */
function parse(printed: string): LogLine {
  const line = printed.slice(Math.max(0, printed.indexOf('{')));
  try {
    const { time = '', service = '', level = '', event = '' } = JSON.parse(line) as Partial<LogLine>;
    return { time, service, level, event, line };
  } catch {
    return { time: '', service: '', level: '', event: line.slice(0, 200), line };
  }
}
