import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { faultOf, type Logger } from '@florin/runtime';
import type { Decoded, DecoderReply, DecoderRequest, DecoderSettings, DecodeTask } from './decoder-process.ts';
import { EXIT_MEMORY } from './exit-memory.ts';

export type DecoderBounds = DecoderSettings & {
  /** Number of processes. */
  processes: number;
  /** Maximum number of tasks that wait for a process. */
  maxWaiting: number;
  /** Milliseconds after which the process of a task is ended. */
  timeoutMs: number;
  /** Path of Node (default: that of this process). */
  execPath?: string;
};

/**
 * `busy`: too many tasks wait, or no process could be started. `too-slow` and `too-large`: the decoder was ended at its deadline, or
 * needed too much memory. `crashed`: two processes crashed on the same image.
 */
export type DecoderFault = 'busy' | 'too-slow' | 'too-large' | 'crashed' | 'too-many-pixels' | 'unreadable' | 'stopped';

export type Decoder = {
  /** Runs a task in another process. */
  run(bytes: Uint8Array, task: DecodeTask): Promise<Decoded | DecoderFault>;
  /** The ids of the running processes. */
  pids(): number[];
  /** Number of tasks that wait. */
  waiting(): number;
  stop(): void;
};

type Job = { bytes: Uint8Array; task: DecodeTask; attempts: number; end(result: Decoded | DecoderFault): void };
type Worker = { child: ChildProcess; job?: Job | undefined; deadline?: NodeJS.Timeout | undefined; isLate?: boolean };

const MAX_ATTEMPTS = 2;
const EXTENSION = extname(import.meta.filename);

/**
 * Decodes images in a bounded number of processes, which start when they are first needed. A process that dies is replaced, and its
 * task is tried once more, unless it exceeded its deadline or its memory.
 */
export function createDecoder({ processes, maxWaiting, timeoutMs, ...settings }: DecoderBounds, logger: Logger): Decoder {
  const workers = new Set<Worker>();
  const queue: Job[] = [];
  let requests = 0;
  let isStopped = false;

  const next = (): void => {
    if (isStopped || queue.length === 0) return;
    // A worker past its deadline is about to end, even if its answer came in time.
    const idle =
      [...workers].find(({ job, isLate }) => job === undefined && isLate !== true) ??
      (workers.size < processes ? start() : undefined);
    const job = idle && queue.shift();
    if (job === undefined || idle === undefined) return;
    assign(idle, job);
    next();
  };

  const assign = (worker: Worker, job: Job): void => {
    const id = ++requests;
    worker.job = job;
    worker.deadline = setTimeout(() => {
      worker.isLate = true;
      worker.child.kill('SIGKILL');
    }, timeoutMs);
    const { bytes, task } = job;
    // The error of a process that has died: its `exit` follows.
    worker.child.send({ id, bytes, task } satisfies DecoderRequest, () => {});
  };

  const start = (): Worker => {
    const worker: Worker = { child: forkDecoder(settings) };
    workers.add(worker);
    worker.child.on('message', (reply: DecoderReply) => {
      release(worker)?.end('decoded' in reply ? reply.decoded : reply.fault);
      next();
    });
    // A process that could not be started has no `exit`.
    worker.child.on('error', (error) => {
      if (worker.child.pid !== undefined || !workers.delete(worker)) return;
      logger.error('a decoder could not be started', faultOf(error));
      release(worker)?.end('busy');
      next();
    });
    worker.child.once('exit', (code, signal) => {
      workers.delete(worker);
      const job = release(worker);
      if (job !== undefined) logger.warn('a decoder ended during its task', { code, signal, attempts: job.attempts });
      if (job !== undefined)
        endOrRetry(job, worker.isLate === true ? 'too-slow' : code === EXIT_MEMORY ? 'too-large' : 'crashed');
      next();
    });
    return worker;
  };

  const endOrRetry = (job: Job, fault: DecoderFault): void => {
    if (isStopped) job.end('stopped');
    else if (fault !== 'crashed' || job.attempts >= MAX_ATTEMPTS) job.end(fault);
    else queue.unshift({ ...job, attempts: job.attempts + 1 });
  };

  return {
    run: (bytes, task) =>
      new Promise((resolve) => {
        if (isStopped) return resolve('stopped');
        if (queue.length >= maxWaiting) return resolve('busy');
        queue.push({ bytes, task, attempts: 1, end: resolve });
        next();
      }),
    pids: () => [...workers].flatMap(({ child }) => child.pid ?? []),
    waiting: () => queue.length,
    stop() {
      isStopped = true;
      for (const { end } of queue.splice(0)) end('stopped');
      for (const { child } of workers) child.kill('SIGKILL');
    },
  };
}

function release(worker: Worker): Job | undefined {
  const { job } = worker;
  clearTimeout(worker.deadline);
  worker.job = undefined;
  return job;
}

/** Starts a decoder without the service's environment, which has its passwords. */
function forkDecoder({ maxPixels, maxMb, execPath }: DecoderSettings & Pick<DecoderBounds, 'execPath'>): ChildProcess {
  const settings: DecoderSettings = { maxPixels, maxMb };
  return fork(join(import.meta.dirname, `decoder-process${EXTENSION}`), [JSON.stringify(settings)], {
    ...(execPath !== undefined && { execPath }),
    execArgv: ['--max-old-space-size=64', '--no-warnings'],
    env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
