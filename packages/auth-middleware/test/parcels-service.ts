import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorMiddleware } from '@florin/app-response';
import { DEVELOPMENT_SIGNING_KEYS, parseSigningKeys } from '@florin/events';
import { type Broker, followSessions } from '@florin/messaging';
import type { Logger } from '@florin/runtime';
import express, { type RequestHandler } from 'express';
import { createTokenVerifier, requireAuth, requireRole, userOf } from '../src/index.ts';

type Options = { jwksUrl: string; broker: Broker; logger: Logger };

/** Another team's service, which uses the package as its README shows: the test compares the marked lines. */
export async function startParcels({ jwksUrl, broker, logger }: Options) {
  const app = express().use(express.json());
  const parcels: { id: number; to: string; by: string | undefined }[] = [];
  const sendParcel: RequestHandler = (request, response) => {
    parcels.push({ id: parcels.length + 1, to: String((request.body as { to: unknown }).to), by: userOf(request)?.id });
    response.status(201).json({ data: parcels.at(-1) });
  };

  const signatures = { keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) };
  const verifier = createTokenVerifier({ jwksUrl, issuer: 'florin-auth', audience: 'florin', refreshMs: 60_000 });
  const sessions = followSessions({ broker, logger, service: 'parcels', tokenLifeMs: 900_000, signatures, ...verifier });
  await Promise.all([verifier.start(), sessions.start()]);
  app.get('/v1/parcels', requireAuth(verifier), (request, response) => response.json(parcelsOf(userOf(request))));
  app.post('/v1/parcels', requireAuth(verifier), requireRole('staff'), sendParcel);

  const parcelsOf = (user: { id: string } | undefined) => ({ data: parcels.filter(({ to }) => to === user?.id) });
  app.get('/health/ready', async (_request, response) => {
    verifier.check();
    await sessions.check();
    response.json({ status: 'ok' });
  });
  app.use(errorMiddleware({ requestIdOf: () => 'parcels', onFault: () => {} }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sessions.stop();
      await verifier.stop();
    },
  };
}
