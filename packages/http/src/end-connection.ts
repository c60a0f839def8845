import type { Socket } from 'node:net';

/** Milliseconds that a client has to read the last answer on a connection. */
const LINGER_MS = 2_000;
/** Each chunk that is read is memory to collect, and the collection stops all other requests. */
const MAX_DISCARDED_BYTES = 262_144;

/**
 * Ends a connection after the answer that has been written to it. Discards what the client still sends, up to
 * `MAX_DISCARDED_BYTES`, because closing with unread bytes resets the connection, and the client may lose the answer. A client that
 * sends more has `LINGER_MS` to read the answer, after which the connection closes in any case.
 */
export function endConnection(socket: Socket): void {
  socket.resume();
  // The parser of HTTP no longer gets what arrives. Only after it has resumed: it stops reading while a body waits to be read.
  process.nextTick(() => socket.removeAllListeners('data').on('data', discard(socket)));
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function discard(socket: Socket): (bytes: Buffer) => void {
  let leftBytes = MAX_DISCARDED_BYTES;
  return (bytes) => {
    leftBytes -= bytes.length;
    if (leftBytes <= 0) socket.pause();
  };
}
