import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import { provideNginx } from '../infra/provide-nginx.ts';
import { choosePorts } from '../platform/choose-ports.ts';
import { findFreePorts } from '../platform/free-ports.ts';
import { endLeftoverGateway, type RunningGateway, startGateway } from './start-gateway.ts';

const TIMEOUT_MS = 120_000;

describe('startGateway', () => {
  let directory: string;
  let port: number;
  let ended: string[];
  let gateway: RunningGateway | undefined;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-gateway-'));
    [port = 0] = await findFreePorts(1);
    ended = [];
  });
  afterEach(async () => {
    await gateway?.stop();
    await rm(directory, { recursive: true });
  });

  const start = async (): Promise<RunningGateway> => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const nginx = await provideNginx(() => {}, signal);
    gateway = await startGateway({
      nginx,
      directory,
      port,
      ports: {},
      signal,
      onUnexpectedExit: (name, logPath) => ended.push(`${name} ${logPath}`),
    });
    return gateway;
  };
  const isAnswering = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/v1`).then(
      () => true,
      () => false,
    );

  it('stops, and leaves no process behind', async () => {
    const { stop } = await start();
    expect(await isAnswering()).to.equal(true);
    await stop();
    expect([await isAnswering(), ended]).to.deep.equal([false, []]);
  });

  it('tells that it was killed, and leaves no process behind', async () => {
    const { pid } = await start();
    process.kill(pid, 'SIGKILL');
    await eventually(() => expect(ended).to.deep.equal([`The gateway ${join(directory, 'gateway/server.log')}`]));
    expect(await isAnswering()).to.equal(false);
  });

  it('ends the gateway of an earlier run', async () => {
    await start();
    expect(await endLeftoverGateway(directory)).to.equal(true);
    expect(await isAnswering()).to.equal(false);
    expect(await endLeftoverGateway(directory)).to.equal(false);
  });

  it('fails with the reason in its log if its port is taken', async () => {
    await start();
    const other = await mkdtemp(join(tmpdir(), 'florin-gateway-'));
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const nginx = await provideNginx(() => {}, signal);
    const failure = await failureOf(
      startGateway({ nginx, directory: other, port, ports: {}, signal, onUnexpectedExit: () => {} }),
    );
    expect(String(failure)).to.match(/Address already in use/);
    expect(readFileSync(join(other, 'gateway/server.log'), 'utf8')).to.include('bind()');
    await rm(other, { recursive: true });
  });
});

describe('choosePorts', () => {
  it('names each port that is taken, and the setting for another one', async () => {
    const { createServer } = await import('node:net');
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as { port: number };
    const free = await findFreePorts(5);
    const environment = { AUTH_PORT: String(free[0]), PRODUCT_PORT: String(free[1]), PAYMENT_PORT: String(free[2]) };
    const failure = await failureOf(
      choosePorts({ ...environment, MEDIA_PORT: String(free[3]), FLORIN_GATEWAY_PORT: String(port) }),
    );
    expect((failure as Error).message).to.equal(
      `Port ${port} is taken: choose another for the gateway with FLORIN_GATEWAY_PORT.`,
    );
    await new Promise((closed) => taken.close(closed));
    const chosen = await choosePorts({ ...environment, MEDIA_PORT: String(free[3]), FLORIN_GATEWAY_PORT: String(free[4]) });
    expect([chosen.gateway, chosen.services.auth]).to.deep.equal([free[4], free[0]]);
  });
});
