import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type ContainerEnd = { service: string; exitCode: string };

type Options = { cwd: string; environment: Record<string, string>; signal: AbortSignal; onEnd(end: ContainerEnd): void };
type ContainerEvent = { action: string; service: string; attributes: { exitCode?: string } };

/** Reports each container of a Compose project that ends. Returns when the signal aborts or the engine ends. */
export async function watchContainers({ cwd, environment, signal, onEnd }: Options): Promise<void> {
  const child = spawn('docker', ['compose', 'events', '--json'], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  signal.addEventListener('abort', () => child.kill('SIGINT'));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { action, service, attributes } = JSON.parse(line) as ContainerEvent;
    if (action === 'die') onEnd({ service, exitCode: attributes.exitCode ?? '?' });
  });
  await once(child, 'close');
}
