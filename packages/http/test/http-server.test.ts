import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { type HttpServer, startHttpServer } from '../src/index.ts';

describe('startHttpServer', function () {
  // Shorter than the time limit of idle connections.
  this.timeout(30_000);
  const options = { port: 0, host: '127.0.0.1', portSetting: 'BOOKS_PORT' };
  let server: HttpServer;
  let clock: SinonFakeTimers;
  let arrived: Promise<void>;
  let letGo: () => void;

  beforeEach(async () => {
    // Time stands still: a server that waits for a time limit never stops.
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let arrive: () => void = () => {};
    arrived = new Promise((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const app = express()
      .get('/quick', (_request, response) => response.send('quick'))
      .get('/slow', async (_request, response) => {
        arrive();
        await released;
        response.send('slow');
      })
      .get('/long', async (_request, response) => {
        response.write('lo');
        await released;
        response.end('ng');
      });
    server = await startHttpServer(app, options);
  });
  afterEach(async () => {
    letGo();
    await server.stop();
    clock.restore();
  });

  const text = async (response: IncomingMessage): Promise<string> => Buffer.concat(await response.toArray()).toString();
  const send = async (path: string, agent: Agent | false): Promise<IncomingMessage> => {
    const [response] = (await once(get({ port: server.port, path, agent }), 'response')) as [IncomingMessage];
    return response;
  };

  it('takes a free port for 0', async () => {
    expect(server.port).to.be.above(0);
    expect(await text(await send('/quick', false))).to.equal('quick');
  });

  it('names the setting if the port is in use', async () => {
    const failure: unknown = await startHttpServer(express(), { ...options, port: server.port }).catch((error: unknown) => error);
    expect(failure)
      .to.be.instanceOf(Error)
      .with.property('message', `Port ${server.port} is taken; choose another with BOOKS_PORT.`);
  });

  it('finishes running requests, accepts no new ones, and then stops without delay', async () => {
    const agent = new Agent({ keepAlive: true });
    const slow = send('/slow', agent);
    await arrived;
    const stopping = server.stop();
    const refused: unknown = await send('/quick', false).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'ECONNREFUSED');
    letGo();
    const response = await slow;
    expect(response.headers.connection).to.equal('close');
    expect(await text(response)).to.equal('slow');
    await stopping;
    agent.destroy();
  });

  it('finishes a response that has begun', async () => {
    const agent = new Agent({ keepAlive: true });
    const response = await send('/long', agent);
    const stopping = server.stop();
    letGo();
    expect(await text(response)).to.equal('long');
    await stopping;
    agent.destroy();
  });

  it('does not wait for idle keep-alive connections', async () => {
    const agent = new Agent({ keepAlive: true });
    await text(await send('/quick', agent));
    const silent = connect(server.port, '127.0.0.1');
    await once(silent, 'connect');
    await server.stop();
    expect(await silent.toArray(), 'an answer after a time limit').to.deep.equal([]);
    agent.destroy();
    silent.destroy();
  });
});
