import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { readyPrototypes } from './ready-prototypes.ts';

export type HttpServer = { port: number; stop(): Promise<void> };

/** As long as the largest stream may take; JSON has a time of its own, see createApp. */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const DRAIN_TIMEOUT_MS = 5_000;
/** Connections that may wait to be taken: past it the system drops them, and their clients try again only seconds later. */
const BACKLOG = 4_096;

/**
 * Opens the port.
 *
 * @param options `port` 0 takes a free one; `portSetting` is named in the error when the port is taken; without
 *   `hasReadyPrototypes` requests and responses get Express's prototypes only when Express sees them
 */
export async function startHttpServer(
  app: Express,
  options: { port: number; host: string; portSetting: string; hasReadyPrototypes?: boolean },
): Promise<HttpServer> {
  const server = createServer({
    ...(options.hasReadyPrototypes === false ? {} : readyPrototypes(app)),
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  });
  const traffic = watchTraffic(server);
  server.on('request', app);
  await listen(server, options);
  return { port: (server.address() as AddressInfo).port, stop: () => drain(server, traffic) };
}

type Traffic = { sockets: ReadonlySet<Socket>; running: ReadonlySet<ServerResponse> };

function watchTraffic(server: Server): Traffic {
  const sockets = new Set<Socket>();
  const running = new Set<ServerResponse>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (_request, response) => {
    running.add(response);
    response.once('close', () => running.delete(response));
  });
  return { sockets, running };
}

function listen(server: Server, { port, host, portSetting }: { port: number; host: string; portSetting: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${port} is taken; choose another with ${portSetting}.`, { cause: error }) : error);
    });
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
}

/**
 * Takes no new requests, lets those under way finish, and cuts what is left after the drain time. Node by itself leaves open the
 * connections that are kept alive after their request, and those that never sent one.
 */
async function drain(server: Server, { sockets, running }: Traffic): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const busy = new Set([...running].map(({ socket }) => socket));
  for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
  for (const response of running) endConnectionAfter(response);
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
}

function endConnectionAfter(response: ServerResponse): void {
  const { socket } = response;
  if (!response.headersSent) response.setHeader('Connection', 'close');
  response.once('finish', () => socket?.end());
}
