import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readCpu } from './read-cpu.ts';
import { runsTypeScript } from './runs-typescript.ts';

/** Runs a file of this folder in a separate process. Returns its answer and its processor time in milliseconds. */
export async function runChild<Result>(file: string, message: object): Promise<{ result: Result; cpuMs: number }> {
  const child = fork(join(import.meta.dirname, file), [], {
    execArgv: [...runsTypeScript],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    child.send(message);
    const outcome = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)])) as
      | [Result]
      | undefined;
    if (outcome === undefined) throw new Error(`${file} ended early`);
    return { result: outcome[0], cpuMs: readCpu({ child: child.pid ?? 0 })['child'] ?? 0 };
  } finally {
    child.kill('SIGKILL');
  }
}
