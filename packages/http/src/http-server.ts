import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { readyPrototypes } from './ready-prototypes.ts';

export type HttpServer = { port: number; stop(): Promise<void> };

/** Milliseconds for a whole request, enough for the largest stream. JSON bodies have a shorter limit (`createApp`). */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const DRAIN_TIMEOUT_MS = 5_000;
/**
 * Maximum number of connections that wait to be accepted. The system drops further ones, and their clients retry only seconds
 * later.
 */
const BACKLOG = 4_096;

/**
 * Starts an HTTP server.
 *
 * @param options `port`: 0 takes a free port. `portSetting`: the setting that the error names if the port is in use.
 *   `hasReadyPrototypes` (default true): see `readyPrototypes`
 * @throws Error naming `portSetting` if the port is in use
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
 * Accepts no new requests, lets running ones finish, and closes the remaining connections after the drain timeout. Node itself
 * keeps open idle keep-alive connections and connections that never sent a request.
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
