import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild, stopChild } from '../../dev/infra/child-processes.ts';
import { heapFlags } from '../../dev/platform/heap-flags.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';

const preload = join(import.meta.dirname, 'preload-clock.mjs');
const STOP_GRACE_MS = 12_000;
const LOOK_TIMEOUT_MS = 2_000;
const MAX_ERROR_LENGTH = 200;

/** How an instance ended. */
export type Ending = {
  instance: string;
  how: 'killed' | 'crashed at a failpoint' | 'unexpected end';
  /** Failpoint of its last start; empty for none. */
  crashAt: string;
  /** `signal SIGKILL`, or the exit code and the last error of its log. */
  exit: string;
};

export type Instance = {
  name: string;
  service: ServiceName;
  url: string;
  /** Sends SIGKILL; the supervisor starts it again. False if it is down already. */
  kill(): boolean;
  /** Sends SIGSTOP; false if it is down. */
  freeze(): boolean;
  /** Sends SIGCONT. */
  thaw(): void;
  /** Moves its clock by this offset, also after restarts; negative moves it back. */
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
  /** Entry file of the service. */
  mainFile: string;
  /** Built module that moves the clock of a process. */
  clockModule: string;
  environment: NodeJS.ProcessEnv;
  /** Called at each start: the failpoint to crash at, or '' for none. */
  chooseFailpoint(): string;
  onEnd(ending: Ending): void;
};

/** Runs one instance of a service, and restarts it whenever it ends, as an orchestrator does. */
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
      how: isAsked ? 'killed' : isKilled ? 'crashed at a failpoint' : 'unexpected end',
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
  return [message ?? line, error].filter(Boolean).join(': ').slice(0, MAX_ERROR_LENGTH);
}

function parse(line: string): { message?: string; error?: string } {
  try {
    return JSON.parse(line) as { message?: string; error?: string };
  } catch {
    return {};
  }
}
