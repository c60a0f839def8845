import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export type Step = {
  name: string;
  /** Name of an installed tool, or the path of another program. */
  tool: string;
  args: readonly string[];
  environment?: NodeJS.ProcessEnv;
  /** Shows output as it arrives, not at the end. */
  isShown?: boolean;
};

type Options = { root: string; signal: AbortSignal; print(line: string): void };

/** Runs the steps concurrently. @returns whether all succeeded */
export async function runSteps(steps: readonly Step[], options: Options): Promise<boolean> {
  const outcomes = await Promise.all(steps.map((step) => runStep(step, options)));
  return outcomes.every((isGreen) => isGreen);
}

async function runStep({ name, tool, args, environment, isShown = false }: Step, { root, signal, print }: Options) {
  if (signal.aborted) return false;
  const startedAt = performance.now();
  print(`${name} ...`);
  const output = isShown ? 'inherit' : 'pipe';
  // Uses a process group, so that all processes can be killed, also those that the tool started.
  const child = spawn(resolve(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...environment },
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      printed += String(chunk);
    });
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  };
  signal.addEventListener('abort', endGroup);
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', endGroup);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  print(`${printed}${name}: ${code === 0 ? 'ok' : 'FAILED'} after ${seconds} s`);
  return code === 0;
}
