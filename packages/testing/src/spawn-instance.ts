import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { untilRevocationsRead } from './until-revocations-read.ts';

export type SpawnedInstance = {
  url: string;
  /** Sends SIGKILL, like a power cut, and waits for the exit. */
  kill(): Promise<void>;
};

/** Runs a service's `main.ts` in a separate process, and returns when it listens and has read the revocations. */
export async function spawnInstance(mainFile: URL, environment: NodeJS.ProcessEnv): Promise<SpawnedInstance> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(mainFile)], {
    env: { ...process.env, ...environment, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  await untilRevocationsRead(url);
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

/** Reads the port from the log. Reading continues afterwards, because a full pipe would block the process. */
function portOf(child: ChildProcess & { stdout: NonNullable<ChildProcess['stdout']> }): Promise<number> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const { event, port } = JSON.parse(line) as { event: string; port?: number };
      if (event === 'listening' && port !== undefined) resolve(port);
    });
    child.once('exit', () => reject(new Error(`It ended before it listened:\n${lines.join('\n')}`)));
  });
}
