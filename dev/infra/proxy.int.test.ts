import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { startProxy, type TcpProxy } from './proxy.ts';

describe('startProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;

  before(async () => {
    echo = createServer((socket) => {
      socket.on('error', () => {});
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(async () => {
    proxy = await startProxy((echo.address() as { port: number }).port);
  });
  afterEach(() => proxy.close());
  after(() => echo.close());

  it('forwards data in both directions', async () => {
    const client = await open();
    expect(await ask(client, 'hello')).to.equal('hello');
  });

  it('breaks connections, and accepts new ones', async () => {
    const client = await open();
    const closed = once(client, 'close');
    proxy.cut();
    await closed;
    expect(await ask(await open(), 'again')).to.equal('again');
  });

  it('refuses connections until it allows them', async () => {
    const client = await open();
    const closed = once(client, 'close');
    proxy.refuse();
    await closed;
    await once(await open(), 'close');
    proxy.allow();
    expect(await ask(await open(), 'again')).to.equal('again');
  });

  it('delays', async () => {
    const client = await open();
    proxy.delay(60);
    const startedAt = Date.now();
    expect(await ask(client, 'slow')).to.equal('slow');
    expect(Date.now() - startedAt).to.be.at.least(110);
  });

  it('stalls without breaking connections, and forwards the held data afterwards', async () => {
    const client = await open();
    proxy.stall();
    const answer = ask(client, 'held');
    expect(await Promise.race([answer, sleep(80, 'nothing')])).to.equal('nothing');
    proxy.allow();
    expect(await answer).to.equal('held');
  });

  async function open(): Promise<Socket> {
    const socket = connect({ port: proxy.port, host: '127.0.0.1' });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  async function ask(socket: Socket, text: string): Promise<string> {
    socket.write(text);
    const [data] = (await once(socket, 'data')) as [Buffer];
    return data.toString();
  }
});
