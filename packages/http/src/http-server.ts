import { createServer, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { boundConnections, type ConnectionLimits } from './bound-connections.ts';
import { readyPrototypes } from './ready-prototypes.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { awaitRestOfBody } from './unread-body.ts';

export type HttpServer = { port: number; stop(): Promise<void> };

/** Certificate, with those of its authorities if they are not well known, and private key, both in PEM. */
export type ServerTls = { certificate: string; key: string };

/** Milliseconds for a whole request, enough for the largest stream. JSON bodies have a shorter limit (`createApp`). */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Milliseconds between two looks for requests over these times. Node's own default is 30 s. */
const CHECK_TIMEOUTS_EVERY_MS = 2_000;
/** Maximum number of bytes of a request's line and headers together. */
const MAX_HEAD_BYTES = 16 * 1024;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const DRAIN_TIMEOUT_MS = 5_000;
/**
 * Maximum number of connections that wait to be accepted. The system drops further ones, and their clients retry only seconds
 * later.
 */
const BACKLOG = 4_096;

/**
 * Starts an HTTP server, over TLS 1.2 or 1.3 with a certificate.
 *
 * @param options `port`: 0 takes a free port. `portSetting`: the setting that the error names if the port is in use.
 *   `hasReadyPrototypes` (default true): see `readyPrototypes`. `connections` (default: no limits): limits of connections.
 *   `tls` (default: plain text)
 * @throws Error naming `portSetting` if the port is in use
 */
export async function startHttpServer(
  app: Express,
  options: {
    port: number;
    host: string;
    portSetting: string;
    hasReadyPrototypes?: boolean;
    connections?: ConnectionLimits;
    tls?: ServerTls | undefined;
  },
): Promise<HttpServer> {
  const server = createServerOf(options.tls, {
    ...(options.hasReadyPrototypes === false ? {} : readyPrototypes(app)),
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_TIMEOUTS_EVERY_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
    // The app answers a request without a host: Node's answer is no problem and has no request id.
    requireHostHeader: false,
  });
  if (options.connections !== undefined) boundConnections(server, options.connections);
  const traffic = watchTraffic(server);
  refuseUnreadable(server, (socket) =>
    [...traffic.running].some((response) => response.socket === socket && response.headersSent),
  );
  server.on('request', app);
  await listen(server, options);
  return { port: (server.address() as AddressInfo).port, stop: () => drain(server, traffic) };
}

function createServerOf(tls: ServerTls | undefined, options: ServerOptions): Server {
  if (tls === undefined) return createServer(options);
  const { certificate: cert, key } = tls;
  return createTlsServer({ ...options, cert, key, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
}

type Traffic = { sockets: ReadonlySet<Socket>; running: ReadonlySet<ServerResponse> };

function watchTraffic(server: Server): Traffic {
  const sockets = new Set<Socket>();
  const running = new Set<ServerResponse>();
  const watch = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  server.on('connection', watch);
  server.on('secureConnection', watch);
  server.on('request', (request, response) => {
    running.add(response);
    response.once('close', () => {
      running.delete(response);
      awaitRestOfBody(request);
    });
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
  // With TLS there are two sockets of a connection: that of the answer, and the one below it. They have the client's port in common.
  const busy = new Set([...running].map(({ socket }) => socket && clientOf(socket)));
  for (const socket of sockets) if (!busy.has(clientOf(socket))) socket.destroy();
  for (const response of running) endConnectionAfter(response);
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
}

function clientOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function endConnectionAfter(response: ServerResponse): void {
  const { socket } = response;
  if (!response.headersSent) response.setHeader('Connection', 'close');
  response.once('finish', () => socket?.end());
}
