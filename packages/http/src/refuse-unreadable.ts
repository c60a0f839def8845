import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError, type ErrorDefinition, PROBLEM_CONTENT_TYPE, problemOf, requestErrors } from '@florin/app-response';
import { newId } from '@florin/database';
import { NO_STORE } from './cache-control.ts';
import { endConnection } from './end-connection.ts';

const errorsByCode: Readonly<Record<string, ErrorDefinition>> = {
  HPE_HEADER_OVERFLOW: requestErrors.REQUEST_HEAD_TOO_LARGE,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: requestErrors.PAYLOAD_TOO_LARGE,
  ERR_HTTP_REQUEST_TIMEOUT: requestErrors.REQUEST_TIMEOUT,
};

/**
 * Answers requests that Node cannot read, such as those with a head that is too large or too slow, with a problem and a request id.
 * Node's own answer has neither.
 *
 * @param hasAnswer whether the answer to an earlier request is being written to the connection
 */
export function refuseUnreadable(server: Server, hasAnswer: (socket: Duplex) => boolean): void {
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable || hasAnswer(socket)) {
      socket.destroy();
      return;
    }
    socket.write(refusalText(errorsByCode[error.code ?? ''] ?? requestErrors.MALFORMED_REQUEST));
    endConnection(socket as Socket);
  });
}

function refusalText(definition: ErrorDefinition): string {
  const requestId = newId();
  const body = JSON.stringify(problemOf(new AppError(definition), requestId));
  return [
    `HTTP/1.1 ${definition.status} ${STATUS_CODES[definition.status] ?? ''}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_CONTENT_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Cache-Control: ${NO_STORE}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
