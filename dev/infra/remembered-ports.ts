import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const names = ['database', 'broker', 'controller', 'proxied', 'proxy'] as const;

export type Ports = Record<(typeof names)[number], number>;

/** Returns the ports of the last start, so that URLs stay the same. A port that is taken is replaced. */
export async function rememberedPorts(path: string): Promise<Ports> {
  const ports = await readPorts(path);
  for (const name of names) {
    const port = ports[name];
    if (port === undefined || !(await isFree(port))) ports[name] = await choosePort(Object.values(ports));
  }
  await writeFile(path, JSON.stringify(ports));
  return ports as Ports;
}

async function readPorts(path: string): Promise<Partial<Ports>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Partial<Ports>;
  } catch {
    return {};
  }
}

/** Chooses a port below the range of outgoing connections, which may be busy. */
export async function choosePort(taken: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error('Found no free loopback port between 20000 and 29999');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
