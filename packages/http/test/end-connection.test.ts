import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { endConnection } from '../src/end-connection.ts';

/** More than the buffers of both sockets hold. */
const BODY = Buffer.alloc(64 * 1024 * 1024);

describe('ending a connection', () => {
  const accepted: Socket[] = [];
  let server: Server;
  before(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => {
      accepted.push(socket);
      socket.on('error', () => {}).write('the answer');
      endConnection(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });

  it('reads little of a large body, and the client still gets the answer', async () => {
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const received: Buffer[] = [];
    client.on('data', (chunk: Buffer) => received.push(chunk)).on('error', () => {});
    const closed = new Promise((resolve) => client.once('close', resolve));
    client.write(BODY);
    await eventually(() => expect(accepted[0]?.isPaused()).to.equal(true));
    await closed;
    expect(Buffer.concat(received).toString()).to.equal('the answer');
    expect(accepted[0]?.bytesRead).to.be.below(BODY.length / 10);
  });
});
