import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of processes, in milliseconds, user and system together, by the name given. */
export type CpuTimes = Record<string, number>;

/** Linux counts in ticks of this many a second. */
const ticksPerS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** What processes have used since they started, with what their threads did; one that is gone is left out. */
export function readCpu(pids: Readonly<Record<string, number>>): CpuTimes {
  const times: CpuTimes = {};
  for (const [name, pid] of Object.entries(pids)) {
    const fields = statOf(pid);
    if (fields !== undefined) times[name] = ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerS;
  }
  return times;
}

/** What was used between two readings. */
export function cpuBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
}

/** Resident memory in bytes: now, or the most there has been (`VmHWM`). */
export function readMemoryBytes(pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const kib = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1_024;
}

/** The process that runs this command, by a part of its command line that no other has. */
export function findProcess(part: string): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    if (commandLine(name).includes(part)) return Number(name);
  }
  throw new Error(`No process runs ${part}`);
}

/** The fields from the state on: those before may hold blanks. */
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
