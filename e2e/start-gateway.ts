import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@florin/testing';
import { parse } from 'yaml';
import { makeAuthority } from '../dev/infra/make-certificates.ts';
import { provideNginx } from '../dev/infra/provide-nginx.ts';
import { findFreePorts } from '../dev/platform/free-ports.ts';
import type { ServiceName } from '../ops/platform/service-names.ts';

export type Gateway = { url: string; port: number; stop(): Promise<void> };

type Options = {
  /** Ports of the services on this machine. */
  ports: Readonly<Partial<Record<ServiceName, number>>>;
  /** Settings of the compose file, such as `FLORIN_GATEWAY_PASSWORDS_PER_S`. */
  settings?: Readonly<Record<string, string>>;
  /** Certificate of the authority that certified the services, in PEM. */
  servicesCa?: string;
};

const composeFile = new URL('../deploy/compose/gateway.yml', import.meta.url);
/** A port without a listener. */
const UNUSED_PORT = 1;
const PROVIDE_TIMEOUT_MS = 120_000;

/** Runs a real nginx with the gateway's configuration. Only addresses and folder are changed. */
export async function startGateway({ ports, settings = {}, servicesCa }: Options): Promise<Gateway> {
  const nginx = await provideNginx(() => {}, AbortSignal.timeout(PROVIDE_TIMEOUT_MS));
  const [port = 0] = await findFreePorts(1);
  const directory = await mkdtemp(join(tmpdir(), 'florin-gateway-'));
  // Under root, nginx's workers run as another user.
  await chmod(directory, 0o755);
  const file = join(directory, 'nginx.conf');
  await writeFile(file, localised(await readConfiguration(settings), { port, ports, directory }));
  await writeFile(join(directory, 'services-ca.pem'), servicesCa ?? makeAuthority('Nobody').certificate);
  const child = spawn(nginx, ['-p', directory, '-c', file, '-e', 'stderr', '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await endProcess(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await untilAnswering(child, url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, stop };
}

/** Renders the configuration as Compose does: inserts settings and replaces $$ by $. */
async function readConfiguration(settings: Readonly<Record<string, string>>): Promise<string> {
  type ComposeFile = { services: { gateway: { environment: { GATEWAY_CONF: string } } } };
  const { services } = parse(await readFile(composeFile, 'utf8')) as ComposeFile;
  const configuration = services.gateway.environment.GATEWAY_CONF;
  return configuration
    .replaceAll(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, preset: string) => settings[name] ?? preset)
    .replaceAll('$$', '$');
}

type Place = { port: number; ports: Options['ports']; directory: string };

function localised(configuration: string, { port, ports, directory }: Place): string {
  return configuration
    .replaceAll('/tmp/', `${directory}/`)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replaceAll(/(https?):\/\/(\w+):\d+/g, (_, protocol: string, name: ServiceName) => {
      return `${protocol}://127.0.0.1:${ports[name] ?? UNUSED_PORT}`;
    });
}

async function untilAnswering(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-2_000);
  });
  await eventually(async () => {
    if (child.exitCode === null) await fetch(url);
  });
  if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}:\n${said}`);
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
