import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * Names a live process so that a recycled pid cannot pass for it: pid, start time and boot, fit for a file name.
 * Undefined for an ended process or a zombie.
 */
export function processIdentity(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? identityFromProc(pid) : identityFromPs(pid);
}

export function isRunning(identity: string): boolean {
  return processIdentity(pidOf(identity)) === identity;
}

export function pidOf(identity: string): number {
  const pid = Number.parseInt(identity, 10);
  // kill(-1) and kill(0) would reach far more than one process.
  if (!(pid > 1)) throw new Error(`"${identity}" is not the identity of a process`);
  return pid;
}

function identityFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field, the command in parentheses, may itself hold spaces and parentheses.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startedAtTicks = fields[18];
  if (state === 'Z' || state === 'X' || startedAtTicks === undefined) return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  return `${pid}-${startedAtTicks}-${boot}`;
}

function identityFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
      encoding: 'utf8',
    });
    const [state, ...startedAt] = line.trim().split(/\s+/);
    return state === undefined || state.startsWith('Z') ? undefined : `${pid}-${startedAt.join('_').replaceAll(':', '.')}`;
  } catch {
    return undefined;
  }
}
