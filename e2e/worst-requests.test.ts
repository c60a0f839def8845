import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { createGuard } from '@florin/auth-middleware';
import { createApp, type Endpoint, type HttpServer, startHttpServer } from '@florin/http';
import { createLogger, createMetrics } from '@florin/runtime';
import { inspectService } from '@florin/service';
import { type WorstRequest, worstRequests } from '@florin/testing';
import { expect } from 'chai';
import { loadDefinition } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';

const TRIES = 3;
/** About 20 ms on a core of 3 GHz. */
const REFERENCE_ROUNDS = 120;
const referenceText = JSON.stringify(
  Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, { index, text: 'tea' }])),
);

const user = { id: '01890a5d-ac96-774b-bcce-b302099a8057', sessionId: 'x', roles: ['admin', 'buyer'] } as const;

/** An endpoint that parses and checks requests as the service does, and then does nothing. */
function idle({ shedLoad: _shedLoad, idempotent, ...endpoint }: Endpoint): Endpoint {
  const isKeyed = typeof idempotent === 'object';
  return {
    ...endpoint,
    ...(isKeyed ? { idempotent: { ...idempotent, find: () => Promise.resolve(undefined) } } : {}),
    handle: () => Promise.resolve({ status: 200, body: { data: [], page: { limit: 1, nextCursor: null } } }),
  };
}

/** Processor time of this process in milliseconds. */
async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user: inUser, system } = process.cpuUsage(before);
  return (inUser + system) / 1_000;
}

async function cheapest(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) costs.push(await processorMs(work));
  return Math.min(...costs);
}

function parseReference(): void {
  for (let round = 0; round < REFERENCE_ROUNDS; round++) JSON.parse(referenceText);
}

for (const service of serviceNames) {
  describe(`the worst requests of ${service}`, () => {
    let endpoints: readonly Endpoint[];
    let server: HttpServer;
    let referenceMs: number;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    before(async () => {
      ({ endpoints } = inspectService(await loadDefinition(service)));
      const app = createApp({
        title: service,
        endpoints: endpoints.map(idle),
        guard: createGuard({ verify: () => Promise.resolve(user) }),
        logger: createLogger({ service, level: 'error' }),
        metrics: createMetrics(service),
        cursorKey: 'test',
        readiness: {},
      });
      server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
      referenceMs = await cheapest(parseReference);
    });
    after(async () => {
      agent.destroy();
      await server.stop();
    });

    const send = async (method: string, { path, headers, body }: WorstRequest): Promise<number> => {
      const request = httpRequest({ port: server.port, method, path, agent, headers });
      request.end(body);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      await response.toArray();
      return response.statusCode ?? 0;
    };

    it('cost less processor time than the reference, at every endpoint', async function () {
      this.timeout(300_000);
      const slow: string[] = [];
      for (const endpoint of endpoints) {
        const method = endpoint.method.toUpperCase();
        for (const worst of worstRequests(endpoint)) {
          let status = 0;
          // One attempt tells most requests from slow ones.
          const first = await processorMs(async () => {
            status = await send(method, worst);
          });
          expect(status, `${method} ${endpoint.path}: ${worst.what}`).to.be.below(500);
          const cost = first < referenceMs / 2 ? first : await cheapest(() => send(method, worst));
          if (cost > referenceMs) slow.push(`${method} ${endpoint.path}: ${worst.what}: ${(cost / referenceMs).toFixed(1)}`);
        }
      }
      expect(slow).to.deep.equal([]);
    });
  });
}
