import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of processes in milliseconds (user and system), by name. */
export type CpuTimes = Record<string, number>;

/** Ticks per second of Linux's counters. */
const ticksPerS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Reads the processor time of processes since their start, threads included. Ended processes are left out. */
export function readCpu(pids: Readonly<Record<string, number>>): CpuTimes {
  const times: CpuTimes = {};
  for (const [name, pid] of Object.entries(pids)) {
    const fields = statOf(pid);
    if (fields !== undefined) times[name] = ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerS;
  }
  return times;
}

/** Returns the processor time between two readings. */
export function cpuBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
}

/** Reads the resident memory in bytes: the current one, or the maximum (`VmHWM`). */
export function readMemoryBytes(pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const kib = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1_024;
}

/** Finds the process by a unique part of its command line. */
export function findProcess(part: string): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    if (commandLine(name).includes(part)) return Number(name);
  }
  throw new Error(`No process runs ${part}`);
}

/** Returns the fields from the state on: earlier ones may have spaces. */
function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
  } catch {
    return undefined;
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
