import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressKey } from './client-address.ts';

/** Maximum number of connections at the same time, in all and from one address. 0: no limit. */
export type ConnectionLimits = { max: number; maxPerAddress: number };

/** Closes connections beyond the limits as they arrive. */
export function boundConnections(server: Server, { max, maxPerAddress }: ConnectionLimits): void {
  if (max > 0) server.maxConnections = max;
  if (maxPerAddress === 0) return;
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = addressKey(socket.remoteAddress);
    const count = (counts.get(address) ?? 0) + 1;
    if (count > maxPerAddress) {
      socket.destroy();
      return;
    }
    counts.set(address, count);
    socket.once('close', () => forgetOne(counts, address));
  });
}

function forgetOne(counts: Map<string, number>, address: string): void {
  const left = (counts.get(address) ?? 1) - 1;
  if (left === 0) counts.delete(address);
  else counts.set(address, left);
}
