import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { startHttpServer } from '@florin/http';
import { sendRequest } from '@florin/testing';
import { expect } from 'chai';
import express from 'express';
import { makeAuthority, makeCertificate } from '../dev/infra/make-certificates.ts';
import { keysAt } from '../packages/auth-middleware/src/fetch-keys.ts';
import { type RunningAuth, startAuth, stopAll } from '../servers/auth/test/start-auth.ts';
import { type Gateway, startGateway } from './start-gateway.ts';

const authority = makeAuthority('Florin authority');
const stranger = makeAuthority('Another authority');
const listening = { port: 0, host: '127.0.0.1', portSetting: 'PORT' };
const own = makeCertificate(authority, '127.0.0.1', ['127.0.0.1']);

/** Auth with a certificate, behind a real nginx with the gateway's configuration. */
describe('a service over TLS', function () {
  this.timeout(240_000);
  let auth: RunningAuth;
  let port: number;
  const gateways: Gateway[] = [];

  before(async () => {
    auth = await startAuth({ HTTP_TLS_CERTIFICATE: own.certificate, HTTP_TLS_KEY: own.key });
    port = Number(new URL(auth.url).port);
  });
  after(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await stopAll();
    await auth?.database.drop();
  });

  const open = async (servicesCa: string): Promise<Gateway> => {
    const settings = { FLORIN_GATEWAY_SERVICES_PROTOCOL: 'https' };
    const gateway = await startGateway({ ports: { auth: port }, settings, servicesCa });
    gateways.push(gateway);
    return gateway;
  };
  const keys = (ca?: string) => keysAt(`https://127.0.0.1:${port}/.well-known/jwks.json`, ca)();

  it('is reached by the gateway, which checks its certificate', async () => {
    const { url } = await open(authority.certificate);
    const { status, text } = await sendRequest(`${url}/.well-known/jwks.json`, 'GET');
    expect(status).to.equal(200);
    expect(JSON.parse(text)).to.have.property('keys').with.length.above(0);
  });

  it('is not reached by a gateway that trusts another authority', async () => {
    const { url } = await open(stranger.certificate);
    expect((await sendRequest(`${url}/.well-known/jwks.json`, 'GET')).status).to.equal(503);
  });

  it('gives its keys to services that trust its authority, and to no others', async () => {
    expect(await keys(authority.certificate)).to.have.length.above(0);
    for (const ca of [stranger.certificate, undefined]) {
      const failure: unknown = await keys(ca).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error);
    }
  });

  it('answers nothing in plain text, and nothing below TLS 1.2', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /health/live HTTP/1.1\r\nHost: florin\r\n\r\n');
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => {});
    await once(socket, 'close');
    expect(Buffer.concat(received).toString('latin1')).to.not.include('HTTP/');
    const old = request({ host: '127.0.0.1', port, rejectUnauthorized: false, maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' });
    const [error] = (await once(old.end(), 'error')) as [Error];
    expect(error).to.be.instanceOf(Error);
    expect(await keys(authority.certificate), 'afterwards').to.have.length.above(0);
  });

  it('is checked by its container, as is a service without TLS', async () => {
    const tls = { certificate: own.certificate, key: own.key };
    const app = express().get('/health/ready', (_request, response) => response.end());
    const [secured, plain] = await Promise.all([startHttpServer(app, { ...listening, tls }), startHttpServer(app, listening)]);
    for (const name of ['HTTP_TLS_CERTIFICATE', 'HTTP_TLS_CERTIFICATE_FILE']) {
      expect(await checkHealth({ [name]: 'set', AUTH_PORT: String(secured.port) })).to.equal(0);
      expect(await checkHealth({ [name]: 'set', AUTH_PORT: String(plain.port) }), 'TLS to plain text').to.equal(1);
    }
    expect(await checkHealth({ AUTH_PORT: String(plain.port) })).to.equal(0);
    expect(await checkHealth({ AUTH_PORT: String(secured.port) }), 'plain text to TLS').to.equal(1);
    await Promise.all([secured.stop(), plain.stop()]);
  });

  it('finishes running requests when it stops, and does not wait for idle connections and handshakes', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const app = express()
      .get('/quick', (_request, response) => response.end('quick'))
      .get('/slow', async (_request, response) => {
        arrive();
        await released;
        response.end('slow');
      });
    const start = () => startHttpServer(app, { ...listening, tls: { certificate: own.certificate, key: own.key } });
    const [server, running] = [await start(), await start()];
    const agent = new Agent({ keepAlive: true });
    const get = async (path: string): Promise<string> => {
      const asked = request({ host: '127.0.0.1', port: server.port, path, agent, rejectUnauthorized: false }).end();
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      return Buffer.concat(await response.toArray()).toString();
    };
    expect(await get('/quick')).to.equal('quick');
    const [patient, silent] = [running, server].map(({ port }) => connect(port, '127.0.0.1').on('error', () => {})) as [
      Socket,
      Socket,
    ];
    await Promise.all([patient, silent].map((socket) => once(socket, 'connect')));
    const slow = get('/slow');
    await arrived;
    const stopped = server.stop();
    release();
    expect(await slow).to.equal('slow');
    await stopped;
    await once(silent.resume(), 'close');
    expect(patient.destroyed, 'the time limit of the handshake has passed').to.equal(false);
    agent.destroy();
    patient.destroy();
    await running.stop();
  });
});

/** Runs the check of the Dockerfile's last target, the image of a service. */
async function checkHealth(environment: Record<string, string>): Promise<number> {
  const dockerfile = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');
  const service = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  const [, command = ''] = /^HEALTHCHECK [^[]*CMD (\[.*\])$/ms.exec(service) ?? [];
  const [, ...args] = JSON.parse(command.split('\n')[0] ?? '') as string[];
  const child = spawn(process.execPath, args, { env: { SERVER: 'auth', ...environment }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}
