import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { type Child, endLeftover, findLeftover, startChild, stopChild, untilReady } from '../infra/child-processes.ts';
import { type GatewayPlace, type GatewaySettings, gatewayConfiguration } from './gateway-configuration.ts';

const STOP_GRACE_MS = 5_000;
const READY_TIMEOUT_MS = 60_000;

export type RunningGateway = {
  url: string;
  port: number;
  pid: number;
  /** Sends SIGTERM, waits, then sends SIGKILL. */
  stop(): Promise<void>;
};

export type GatewayOptions = Omit<GatewayPlace, 'address'> & {
  /** Path of nginx. */
  nginx: string;
  /** Address to listen on (default 127.0.0.1). */
  address?: string;
  /** Settings of deploy/compose/gateway.yml, such as `FLORIN_GATEWAY_PASSWORDS_PER_S`. */
  settings?: GatewaySettings;
  signal: AbortSignal;
  /** Called when it exits without stop(). */
  onUnexpectedExit(name: string, logPath: string): void;
};

/** Starts nginx with the gateway's configuration and waits until it answers. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { nginx, directory, port, ports, address = '127.0.0.1', settings = {}, signal } = options;
  const home = join(directory, 'gateway');
  const file = join(home, 'nginx.conf');
  await mkdir(home, { recursive: true });
  await writeFile(file, await gatewayConfiguration(settings, { address, port, ports, directory: home }));
  // Without an authority of one's own, the well-known ones certify the services.
  await writeFile(join(home, 'services-ca.pem'), settings['HTTP_TLS_CA'] || rootCertificates.join('\n'));
  await rm(join(home, 'nginx.pid'), { force: true });
  let isEnding = false;
  const child: Child = startChild({
    name: 'gateway',
    command: nginx,
    // One process: workers would outlive a master that is killed, and run as another user under root.
    args: ['-p', home, '-c', file, '-e', 'stderr', '-g', 'daemon off; master_process off;'],
    directory,
    home,
    onExit: () => {
      if (!isEnding) options.onUnexpectedExit('The gateway', child.logPath);
    },
  });
  const stop = async (): Promise<void> => {
    isEnding = true;
    await stopChild(child, STOP_GRACE_MS);
  };
  const url = `http://localhost:${port}`;
  try {
    // nginx writes it once it has the port, which another process may have instead.
    const look = (): Promise<void> => access(join(home, 'nginx.pid'));
    await untilReady(child, { timeoutMs: READY_TIMEOUT_MS, signal }, look);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, pid: child.pid, stop };
}

/** Ends a gateway that a killed launcher left running. */
export async function endLeftoverGateway(directory: string): Promise<boolean> {
  const leftover = findLeftover(directory, 'gateway');
  if (leftover === undefined) return false;
  await endLeftover(leftover, STOP_GRACE_MS);
  return true;
}
