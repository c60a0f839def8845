import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import { endConnection } from './end-connection.ts';

/** Milliseconds in which the rest of a body must arrive after the answer. */
const REST_OF_BODY_MS = 2_000;

export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Closes the connection with a refusal that is sent before the whole body has arrived, so that nobody keeps a connection by sending
 * a refused body slowly. A small body usually arrives with its head: it gets one turn of the event loop.
 */
export const closeIfUnread: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (request.complete || !hasBody(request)) {
    next(error);
    return;
  }
  setImmediate(() => {
    if (!request.complete && !response.headersSent) closeWithAnswer(request, response);
    next(error);
  });
};

function closeWithAnswer({ socket }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  // Node calls it when the answer has been sent. Its own closes at once.
  socket.destroySoon = () => endConnection(socket);
}

/** Ends the connection of an answered request if its body does not arrive soon. Call it when the response has closed. */
export function awaitRestOfBody(request: IncomingMessage): void {
  if (request.complete || request.socket.destroyed) return;
  const { socket } = request;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, REST_OF_BODY_MS);
  socket.once('close', () => clearTimeout(timer));
}
