import { once } from 'node:events';
import { Agent, createServer, get, IncomingMessage, request, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type Express } from 'express';
import { type HttpServer, startHttpServer } from '../src/index.ts';
import { readyPrototypes } from '../src/ready-prototypes.ts';

describe('readyPrototypes', () => {
  const options = { port: 0, host: '127.0.0.1', portSetting: 'BOOKS_PORT' };
  const servers: HttpServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const start = async (app: Express, hasReadyPrototypes = true): Promise<(path: string, agent?: Agent) => Promise<string>> => {
    const server = await startHttpServer(app, { ...options, hasReadyPrototypes });
    servers.push(server);
    return async (path, agent) => {
      const [response] = (await once(get({ port: server.port, path, agent: agent ?? false }), 'response')) as [IncomingMessage];
      return Buffer.concat(await response.toArray()).toString();
    };
  };

  it('creates requests and responses with the application’s prototypes', async () => {
    const app = express();
    const server = createServer(readyPrototypes(app));
    const born = new Promise<[object, object]>((resolve) => {
      server.once('request', (incoming, response) => {
        resolve([Object.getPrototypeOf(incoming) as object, Object.getPrototypeOf(response) as object]);
        response.end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    get({ port: (server.address() as AddressInfo).port, agent: false }).on('error', () => {});
    const [incoming, response] = await born;
    expect(incoming === app.request && response === app.response).to.equal(true);
    server.close();
  });

  it('keeps them instances of Node’s classes', async () => {
    const ask = await start(
      express().get('/', (incoming, response) => {
        response.json([incoming instanceof IncomingMessage, response instanceof ServerResponse]);
      }),
    );
    expect(await ask('/')).to.equal('[true,true]');
  });

  it('keeps requests on one connection apart', async () => {
    const ask = await start(
      express().get('/:name', (incoming, response) => {
        response.set('X-Seen', String(incoming.get('x-seen'))).json({ name: incoming.params['name'], seen: response.locals });
      }),
    );
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const name of ['alice', 'bob', 'alice']) expect(await ask(`/${name}`, agent)).to.equal(`{"name":"${name}","seen":{}}`);
    agent.destroy();
  });

  for (const isReady of [true, false]) {
    it(`answers the same through mounted routers and applications ${isReady ? 'with' : 'without'} them`, async () => {
      const inner = express().set('title', 'inner');
      inner.get('/here', (incoming, response) => {
        response.send(`${String(incoming.app.get('title'))} ${incoming.baseUrl}`);
      });
      const outer = express().set('title', 'outer');
      outer.use('/inner', inner);
      outer.use(
        '/router',
        express.Router().get('/here', (incoming, response) => {
          response.send(`${String(incoming.app.get('title'))} ${incoming.baseUrl}`);
        }),
      );
      // The outer application answers paths that the inner one does not have.
      outer.use((incoming, response) => void response.send(`${String(incoming.app.get('title'))} found nothing`));
      const ask = await start(outer, isReady);
      expect(await ask('/inner/here')).to.equal('inner /inner');
      expect(await ask('/router/here')).to.equal('outer /router');
      expect(await ask('/inner/elsewhere')).to.equal('outer found nothing');
    });
  }

  it('passes an upgrade to its listener', async () => {
    const server = createServer(readyPrototypes(express()));
    server.on('upgrade', (_incoming, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asking = request({ port, agent: false, headers: { connection: 'Upgrade', upgrade: 'echo' } }).end();
    const [response] = (await once(asking, 'upgrade')) as [IncomingMessage];
    expect(response.statusCode).to.equal(101);
    server.close();
  });
});
