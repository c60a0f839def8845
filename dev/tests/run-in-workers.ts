import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type FileResult, failedFile } from './test-result.ts';
import type { WorkerMessage, WorkerOrder } from './worker.ts';

/** Longer than the longest timeout of a test. */
const MAX_FILE_MS = 20 * 60_000;
const MAX_ENDING_MS = 60_000;
const KEPT_OUTPUT = 20_000;

export type WorkerOptions = {
  workers: number;
  /** Arguments of Node. */
  execArgv: readonly string[];
  onResult(result: FileResult): void;
  /** The program that runs the files; tests replace it. */
  program?: string;
};

/**
 * Runs test files in long-lived processes that take them from one queue, in its order. If a worker crashes or hangs, its file
 * fails and another worker takes its place.
 */
export async function runInWorkers(files: readonly string[], options: WorkerOptions): Promise<void> {
  const queue = [...files];
  const count = Math.min(options.workers, queue.length);
  await Promise.all(Array.from({ length: count }, () => workOff(queue, options)));
}

async function workOff(queue: string[], options: WorkerOptions): Promise<void> {
  while (queue.length > 0) {
    const worker = startWorker(options);
    const done: string[] = [];
    for (let file = queue.shift(); file !== undefined; file = worker.isAlive() ? queue.shift() : undefined) {
      options.onResult(await worker.run(file));
      done.push(file);
    }
    const leftover = await worker.end();
    if (leftover !== undefined) options.onResult(failedFile(done.at(-1) ?? '', leftover, `It had run:\n${done.join('\n')}`));
  }
}

type Worker = {
  isAlive(): boolean;
  run(file: string): Promise<FileResult>;
  /** @returns the fault of its end, if there is one */
  end(): Promise<string | undefined>;
};

function startWorker({ execArgv, program = join(import.meta.dirname, 'worker.ts') }: WorkerOptions): Worker {
  const child = fork(program, { execArgv: [...execArgv], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const output = keepOutput(child);
  const exited = once(child, 'close').then(([code, signal]) => `${signal ?? `exit code ${code}`}`);
  let isReported = false;
  const isAlive = (): boolean => !isReported && child.exitCode === null && child.signalCode === null && child.connected;
  return {
    isAlive,
    async run(file) {
      output.forget();
      const crash = exited.then((how) => {
        isReported = true;
        return failedFile(file, `crashed its process (${how})`, output.text());
      });
      const result = nextMessage(child, 'result').then(({ result: found }) => found);
      send(child, { file });
      return withTimeout([result, crash], MAX_FILE_MS, () => {
        isReported = true;
        child.kill('SIGKILL');
        return failedFile(file, `did not end within ${MAX_FILE_MS / 1000} s`, output.text());
      });
    },
    async end() {
      if (isReported) {
        await exited;
        return undefined;
      }
      const ending = nextMessage(child, 'ending');
      send(child, { end: true });
      return withTimeout<string | undefined>(
        [exited.then((how) => (how === 'exit code 0' ? undefined : `its process ended badly (${how})`))],
        MAX_ENDING_MS,
        async () => {
          child.kill('SIGKILL');
          const { ending: resources } = await Promise.race([ending, exited.then(() => ({ ending: ['unknown'] }))]);
          return `something was left running (${resources.join(', ')})`;
        },
      );
    },
  };
}

function send(child: ChildProcess, order: WorkerOrder): void {
  // For an exited process its exit decides.
  child.send(order, () => {});
}

type MessageOf<Kind extends string> = Extract<WorkerMessage, Record<Kind, unknown>>;

function nextMessage<Kind extends 'result' | 'ending'>(child: ChildProcess, kind: Kind): Promise<MessageOf<Kind>> {
  return new Promise((resolve) => {
    const listen = (message: WorkerMessage): void => {
      if (!(kind in message)) return;
      child.off('message', listen);
      resolve(message as MessageOf<Kind>);
    };
    child.on('message', listen);
  });
}

async function withTimeout<T>(outcomes: Promise<T>[], timeoutMs: number, onTimeout: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(onTimeout()), timeoutMs);
  });
  return Promise.race([...outcomes, timeout]).finally(() => clearTimeout(timer));
}

/** Forwards a worker's output, and keeps the end of it for the report of a crash. */
function keepOutput({ stdout, stderr }: ChildProcess): { text(): string; forget(): void } {
  let kept = '';
  const keep = (chunk: Buffer): void => {
    kept = (kept + String(chunk)).slice(-KEPT_OUTPUT);
  };
  stdout?.on('data', keep).pipe(process.stdout, { end: false });
  stderr?.on('data', keep).pipe(process.stderr, { end: false });
  return {
    text: () => kept,
    forget: () => {
      kept = '';
    },
  };
}
