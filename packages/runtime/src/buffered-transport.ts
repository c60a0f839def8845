import Transport from 'winston-transport';

const WRITE_EVERY_MS = 100;
const MAX_BUFFERED = 64 * 1024;
/** The property in which winston stores the formatted line. */
const LINE = Symbol.for('message');

let lines: string[] = [];
let characters = 0;
let timer: NodeJS.Timeout | undefined;

/**
 * Writes to standard output ten times a second instead of line by line, which took a third of the time of a small request. An
 * error is written at once, with the lines before it. The rest is written when the process ends, except after SIGKILL, which
 * loses the last 100 ms.
 */
export function bufferedTransport(): Transport {
  return new Transport({ log: buffer });
}

function buffer(entry: { level: string; [LINE]?: string }, next: () => void): void {
  const line = `${entry[LINE]}\n`;
  lines.push(line);
  characters += line.length;
  if (entry.level === 'error' || characters >= MAX_BUFFERED) flush();
  else timer ??= setTimeout(flush, WRITE_EVERY_MS).unref();
  next();
}

process.on('exit', flush);

/** Writes synchronously: Node writes to files, pipes and terminals within the call. */
function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (lines.length === 0) return;
  const text = lines.join('');
  lines = [];
  characters = 0;
  process.stdout.write(text);
}
