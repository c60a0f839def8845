import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayPlace, GatewaySettings } from '../dev/gateway/gateway-configuration.ts';
import { startGateway as startNginx } from '../dev/gateway/start-gateway.ts';
import { provideNginx } from '../dev/infra/provide-nginx.ts';
import { findFreePorts } from '../dev/platform/free-ports.ts';

export type Gateway = { url: string; port: number; stop(): Promise<void> };

type Options = Pick<GatewayPlace, 'ports'> & {
  /** Settings of the compose file, such as `FLORIN_GATEWAY_PASSWORDS_PER_S`. */
  settings?: GatewaySettings;
  /** Certificate of the authority that certified the services, in PEM. */
  servicesCa?: string;
};

const PROVIDE_TIMEOUT_MS = 120_000;

/** Runs a real nginx with the gateway's configuration, for services on this machine. */
export async function startGateway({ ports, settings = {}, servicesCa }: Options): Promise<Gateway> {
  const signal = AbortSignal.timeout(PROVIDE_TIMEOUT_MS);
  const nginx = await provideNginx(() => {}, signal);
  const [port = 0] = await findFreePorts(1);
  const directory = await mkdtemp(join(tmpdir(), 'florin-gateway-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    const gateway = await startNginx({
      nginx,
      directory,
      port,
      ports,
      settings: { ...settings, ...(servicesCa === undefined ? {} : { HTTP_TLS_CA: servicesCa }) },
      signal,
      onUnexpectedExit: (name, logPath) => process.stderr.write(`${name} ended by itself; see ${logPath}\n`),
    });
    const stop = async (): Promise<void> => {
      await gateway.stop();
      await remove();
    };
    return { url: `http://127.0.0.1:${port}`, port, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
