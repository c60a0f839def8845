import { join } from 'node:path';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import { type Child, endLeftover, findLeftover, startChild, stopChild, untilReady } from '../infra/child-processes.ts';
import { heapFlags } from './heap-flags.ts';

const STOP_GRACE_MS = 12_000;
const READY_TIMEOUT_MS = 60_000;
const LOOK_TIMEOUT_MS = 5_000;
const stopWithLauncher = new URL('./stop-with-launcher.mjs', import.meta.url).href;

export type RunningService = {
  name: ServiceName;
  url: string;
  logPath: string;
  pid: number;
  /** Sends SIGTERM, waits, then sends SIGKILL. */
  stop(): Promise<void>;
  /** Sends SIGKILL and waits for the exit. */
  kill(): Promise<void>;
};

export type ServiceOptions = {
  /** Directory of pid files and logs. */
  directory: string;
  port: number;
  environment: NodeJS.ProcessEnv;
  /** Node's arguments, with the entry file of the service as the last one. */
  nodeArguments: readonly string[];
  signal: AbortSignal;
  /** Stops it when this process ends, even by SIGKILL (default false). */
  endsWithLauncher?: boolean;
  /** Called when it exits without stop() or kill(). */
  onUnexpectedExit(name: ServiceName, logPath: string): void;
};

/** Starts a service in a separate process and waits until it is ready. */
export async function startService(name: ServiceName, options: ServiceOptions): Promise<RunningService> {
  const { directory, port, environment, nodeArguments, signal, endsWithLauncher = false } = options;
  let isEnding = false;
  const child: Child = startChild({
    name,
    command: process.execPath,
    args: [...heapFlags, ...(endsWithLauncher ? ['--import', stopWithLauncher] : []), ...nodeArguments],
    directory,
    home: join(directory, name),
    environment: endsWithLauncher ? { ...environment, FLORIN_LAUNCHER: String(process.pid) } : environment,
    hasChannel: endsWithLauncher,
    onExit: () => {
      if (!isEnding) options.onUnexpectedExit(name, join(directory, name, 'server.log'));
    },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(child, { timeoutMs: READY_TIMEOUT_MS, signal }, () => look(url));
  } catch (error) {
    isEnding = true;
    await stopChild(child, STOP_GRACE_MS);
    throw error;
  }
  return {
    name,
    url,
    logPath: child.logPath,
    pid: child.pid,
    async stop() {
      isEnding = true;
      await stopChild(child, STOP_GRACE_MS);
    },
    async kill() {
      isEnding = true;
      process.kill(child.pid, 'SIGKILL');
      await child.exited;
    },
  };
}

/** Ends services that a killed launcher left running. */
export async function endLeftoverService(name: ServiceName, directory: string): Promise<boolean> {
  const leftover = findLeftover(directory, name);
  if (leftover === undefined) return false;
  await endLeftover(leftover, STOP_GRACE_MS);
  return true;
}

async function look(url: string): Promise<void> {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(LOOK_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`not ready: ${await response.text()}`);
}
