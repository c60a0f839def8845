import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild, stopChild } from '../../dev/infra/child-processes.ts';
import { heapFlags } from '../../dev/platform/heap-flags.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';

const preload = join(import.meta.dirname, 'preload-clock.mjs');
const STOP_GRACE_MS = 12_000;
const LOOK_TIMEOUT_MS = 2_000;
const LONGEST_ERROR = 200;

/** How an instance came to its end. */
export type Ending = {
  instance: string;
  how: 'killed' | 'crashed at its point' | 'ended by itself';
  /** The crash point that its last start was given; empty for none. */
  crashAt: string;
  /** As the system tells it: `signal SIGKILL`, `exit code 1`; and what its log said last, where it ended by itself. */
  exit: string;
};

export type Instance = {
  name: string;
  service: ServiceName;
  url: string;
  /** SIGKILL; the supervisor starts it again. False where it is down already. */
  kill(): boolean;
  /** SIGSTOP; false where it is down. */
  freeze(): boolean;
  /** SIGCONT. */
  thaw(): void;
  /** Its clock is ahead of the machine's by so much from now on, also when it starts again; behind where it is negative. */
  shiftClock(offsetMs: number): void;
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
};

export type InstanceOptions = {
  name: string;
  service: ServiceName;
  port: number;
  /** Keeps pid file and logs. */
  directory: string;
  /** What runs it. */
  mainFile: string;
  /** The built module that moves a process's clock. */
  clockModule: string;
  environment: NodeJS.ProcessEnv;
  /** Asked at each start: where it is to crash, or '' for nowhere. */
  chooseFailpoint(): string;
  onEnd(ending: Ending): void;
};

/** Runs one instance of a service, and starts it again whenever it ends, as an orchestrator would. */
export function superviseInstance(options: InstanceOptions): Instance {
  const { name, service, port, directory } = options;
  const url = `http://127.0.0.1:${port}`;
  let isStopping = false;
  let isAsked = false;
  let child: Child | undefined;
  const clockFile = join(directory, 'clock-offset-ms');
  const shiftClock = (offsetMs: number): void => writeFileSync(clockFile, String(offsetMs));
  shiftClock(0);

  const live = async (): Promise<void> => {
    const crashAt = options.chooseFailpoint();
    isAsked = false;
    child = startChild({
      name: service,
      command: process.execPath,
      args: [...heapFlags, '--import', preload, options.mainFile],
      directory,
      home: `${directory}/${service}`,
      environment: {
        ...options.environment,
        CRASH_AT: crashAt,
        FLORIN_CLOCK_FILE: clockFile,
        FLORIN_CLOCK_MODULE: options.clockModule,
      },
    });
    await child.exited;
    const exit = child.exit ?? '';
    if (isStopping) return;
    const isKilled = exit === 'signal SIGKILL';
    options.onEnd({
      instance: name,
      how: isAsked ? 'killed' : isKilled ? 'crashed at its point' : 'ended by itself',
      crashAt,
      exit: isKilled ? exit : `${exit}: ${lastError(child.logPath)}`,
    });
    await sleep(isKilled ? 100 : 500);
  };
  const running = (async () => {
    while (!isStopping) await live();
  })();
  const signal = (which: NodeJS.Signals): boolean => {
    if (child === undefined || child.exit !== undefined) return false;
    process.kill(child.pid, which);
    return true;
  };

  return {
    name,
    service,
    url,
    kill() {
      if (!signal('SIGKILL')) return false;
      isAsked = true;
      return true;
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => void signal('SIGCONT'),
    shiftClock,
    async isReady() {
      try {
        const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(LOOK_TIMEOUT_MS) });
        await response.text();
        return response.ok;
      } catch {
        return false;
      }
    },
    async stop() {
      isStopping = true;
      signal('SIGCONT');
      if (child) await stopChild(child, STOP_GRACE_MS);
      await running;
    },
  };
}

function lastError(logPath: string): string {
  const lines = readFileSync(logPath, 'utf8').trimEnd().split('\n');
  const line = lines.findLast((one) => one.includes('"level":"error"')) ?? lines.at(-1) ?? '';
  const { message, error } = parse(line);
  return [message ?? line, error].filter(Boolean).join(': ').slice(0, LONGEST_ERROR);
}

function parse(line: string): { message?: string; error?: string } {
  try {
    return JSON.parse(line) as { message?: string; error?: string };
  } catch {
    return {};
  }
}
