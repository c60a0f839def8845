import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BareSpec } from './bare/browse-server.ts';
import { runsTypeScript } from './runs-typescript.ts';

export async function startBareServer(spec: BareSpec): Promise<{ url: string; pid: number; stop(): void }> {
  const child = fork(join(import.meta.dirname, 'bare/browse-server.ts'), [], {
    execArgv: [...runsTypeScript],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(spec);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') };
}
