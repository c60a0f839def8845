import { type StdioOptions, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import type { AppName } from '../apps/app-names.ts';
import { isRunning, pidOf, processIdentity } from './process-identity.ts';

export type ChildName = 'database' | 'broker' | 'gateway' | AppName | ServiceName;

export type Child = {
  name: ChildName;
  pid: number;
  logPath: string;
  /** Exit code or signal, once it has ended. */
  exit?: string;
  exited: Promise<{ code: number | null }>;
};

export type Launch = {
  name: ChildName;
  command: string;
  args: string[];
  /** Directory of the instance's pid files. */
  directory: string;
  /** Directory of this server's log and data. */
  home: string;
  /** Opens a channel that closes when this process ends, even by SIGKILL (see `stopWithLauncher`). */
  hasChannel?: boolean;
  /** Its whole environment (default: that of this process). */
  environment?: NodeJS.ProcessEnv;
  onExit?: (code: number | null) => void;
};

/**
 * Starts a server in its own process group, so that a terminal's SIGINT does not reach it before stop(). Its identity is
 * written to disk first, so that a later launcher can clean up.
 */
export function startChild({
  name,
  command,
  args,
  directory,
  home,
  environment = process.env,
  hasChannel = false,
  onExit,
}: Launch): Child {
  mkdirSync(home, { recursive: true });
  const logPath = join(home, 'server.log');
  if (existsSync(logPath)) renameSync(logPath, join(home, 'server.previous.log'));
  const log = openSync(logPath, 'a');
  const stdio: StdioOptions = ['ignore', log, log, ...(hasChannel ? (['ipc'] as const) : [])];
  const spawned = spawn(command, args, { cwd: home, env: environment, detached: true, stdio });
  closeSync(log);
  const exited = new Promise<{ code: number | null; reason: string }>((resolve) => {
    spawned.once('error', (error) => resolve({ code: null, reason: error.message }));
    spawned.once('exit', (code, signal) => resolve({ code, reason: signal === null ? `exit code ${code}` : `signal ${signal}` }));
  });
  if (spawned.pid === undefined) throw new Error(`Cannot run ${command}, the ${name}`);
  const identity = processIdentity(spawned.pid);
  if (identity !== undefined) writeFileSync(pidFile(directory, name), identity);

  const child: Child = {
    name,
    pid: spawned.pid,
    logPath,
    exited: exited.then(({ code, reason }) => {
      child.exit = reason;
      onExit?.(code);
      rmSync(pidFile(directory, name), { force: true });
      return { code };
    }),
  };
  return child;
}

/** Sends SIGTERM, waits, then sends SIGKILL. */
export async function stopChild(child: Child, graceMs: number): Promise<void> {
  if (child.exit !== undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
  await child.exited;
  clearTimeout(timer);
}

/** Sends SIGKILL and waits for the exit. */
export async function killChild(child: Child): Promise<void> {
  if (child.exit === undefined) signalGroup(child.pid, 'SIGKILL');
  await child.exited;
}

/** Sends SIGSTOP: the process stops answering and keeps its connections. */
export function freezeChild(child: Child): void {
  if (child.exit === undefined) signalGroup(child.pid, 'SIGSTOP');
}

/** Sends SIGCONT. */
export function thawChild(child: Child): void {
  if (child.exit === undefined) signalGroup(child.pid, 'SIGCONT');
}

/** Returns the identity of a server that a killed launcher left running, if any. */
export function findLeftover(directory: string, name: ChildName): string | undefined {
  const path = pidFile(directory, name);
  const identity = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return identity !== '' && isRunning(identity) ? identity : undefined;
}

export async function endLeftover(identity: string, graceMs: number): Promise<void> {
  signalGroup(pidOf(identity), 'SIGTERM');
  if (await isGone(identity, graceMs)) return;
  signalGroup(pidOf(identity), 'SIGKILL');
  if (!(await isGone(identity, 5_000)))
    throw new Error(`Process ${pidOf(identity)} of an earlier run does not end: kill it by hand`);
}

/** Repeats the probe until it succeeds. Fails with the end of the log if the child exits or the time is up. */
export async function untilReady<T>(
  child: Child,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  probe: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    if (child.exit !== undefined) throw new Error(`The ${child.name} ended while starting (${child.exit}).\n${logTail(child)}`);
    try {
      return await probe();
    } catch (error) {
      const last = error instanceof Error ? error.message : String(error);
      if (Date.now() > deadline)
        throw new Error(`The ${child.name} did not answer within ${timeoutMs / 1000} s (${last}).\n${logTail(child)}`);
    }
    await sleep(25);
  }
}

function logTail({ logPath }: Child): string {
  const lines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-25);
  return `The end of ${logPath}:\n  ${lines.join('\n  ')}`;
}

async function isGone(identity: string, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function pidFile(directory: string, name: ChildName): string {
  return join(directory, `${name}.pid`);
}
