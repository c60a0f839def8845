import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import express from 'express';
import { type HttpServer, startHttpServer } from '../src/index.ts';

describe('limits of connections', () => {
  let server: HttpServer | undefined;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server?.stop();
  });

  const start = async (connections: { max: number; maxPerAddress: number }): Promise<void> => {
    const app = express().get('/', (_request, response) => response.send('tea'));
    server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT', connections });
  };
  /** @returns the answer to a request, or undefined if the connection is closed instead */
  const answer = async (localAddress: string): Promise<string | undefined> => {
    const socket = connect({ port: server?.port ?? 0, host: '127.0.0.1', localAddress });
    sockets.push(socket);
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const closed = once(socket, 'close').then(() => undefined);
    return Promise.race([closed, once(socket, 'data').then(([chunk]) => String(chunk).slice(0, 12))]);
  };
  const OK = 'HTTP/1.1 200';

  it('are per address', async () => {
    await start({ max: 0, maxPerAddress: 2 });
    expect([await answer('127.0.0.1'), await answer('127.0.0.1'), await answer('127.0.0.1')]).to.deep.equal([OK, OK, undefined]);
    expect(await answer('127.0.0.2')).to.equal(OK);
    sockets[0]?.destroy();
    await eventually(async () => expect(await answer('127.0.0.1')).to.equal(OK));
  });

  it('are for all addresses together', async () => {
    await start({ max: 2, maxPerAddress: 0 });
    expect([await answer('127.0.0.1'), await answer('127.0.0.2'), await answer('127.0.0.3')]).to.deep.equal([OK, OK, undefined]);
  });
});
