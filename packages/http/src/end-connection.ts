import type { Socket } from 'node:net';

/** Milliseconds that a client has to read the last answer on a connection. */
const LINGER_MS = 2_000;

/**
 * Ends a connection after the answer that has been written to it. Discards what the client still sends, because closing with unread
 * bytes resets the connection, and the client may lose the answer. Closes after `LINGER_MS` at the latest.
 */
export function endConnection(socket: Socket): void {
  socket.resume();
  // The parser of HTTP no longer gets what arrives. Only after it has resumed: it stops reading while a body waits to be read.
  process.nextTick(() => socket.removeAllListeners('data').on('data', discard));
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function discard(): void {}
