import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { withoutCoverage } from './without-coverage.ts';

export type SpawnedInstance = {
  url: string;
  /** SIGKILL: no clean-up, as a power cut would; returns when it is over. */
  kill(): Promise<void>;
};

/** Runs a service's `main.ts` as a process of its own, and returns when it listens. */
export async function spawnInstance(mainFile: URL, environment: NodeJS.ProcessEnv): Promise<SpawnedInstance> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(mainFile)], {
    env: withoutCoverage({ ...process.env, ...environment, LOG_LEVEL: 'info' }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  return {
    url,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** As its log tells it. What it says later is read too, or it would wait for a reader. */
function portOf(child: ChildProcess & { stdout: NonNullable<ChildProcess['stdout']> }): Promise<number> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const { message, port } = JSON.parse(line) as { message: string; port?: number };
      if (message === 'listening' && port !== undefined) resolve(port);
    });
    child.once('exit', () => reject(new Error(`It ended before it listened:\n${lines.join('\n')}`)));
  });
}
