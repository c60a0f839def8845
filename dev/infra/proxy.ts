import { connect, createServer, type Server, type Socket } from 'node:net';

export type TcpProxy = {
  port: number;
  /** Breaks every connection. */
  cut(): void;
  /** Breaks every connection, and new ones until `allow`. */
  refuse(): void;
  /** Delays data in both directions by these milliseconds. */
  delay(delayMs: number): void;
  /** Passes nothing and breaks nothing, as if packets were lost. */
  stall(): void;
  /** Ends refusal, delay and stall. */
  allow(): void;
  close(): Promise<void>;
};

type Mode = { kind: 'open' } | { kind: 'refuse' } | { kind: 'stall' } | { kind: 'delay'; delayMs: number };

/** Starts a TCP proxy on loopback that can inject network faults. */
export async function startProxy(targetPort: number, port = 0): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const held = new Set<() => void>();
  let mode: Mode = { kind: 'open' };

  /** Forwards data without streams and without a copy, because all data of a database passes through. */
  const pass = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => {
      const send = (): void => {
        if (!to.write(chunk)) return;
        if (from.isPaused()) from.resume();
      };
      if (mode.kind === 'open' && !from.isPaused()) {
        if (!to.write(chunk)) from.pause();
        return;
      }
      from.pause();
      if (mode.kind === 'delay') setTimeout(send, mode.delayMs);
      else held.add(send);
    });
    to.on('drain', () => from.resume());
    from.on('end', () => to.end());
  };
  const server: Server = createServer((client) => {
    if (mode.kind === 'refuse') {
      client.destroy();
      return;
    }
    const target = connect({ port: targetPort, host: '127.0.0.1' });
    for (const socket of [client, target]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    pass(client, target);
    pass(target, client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  const cut = (): void => {
    held.clear();
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    cut,
    refuse() {
      mode = { kind: 'refuse' };
      cut();
    },
    delay(delayMs) {
      mode = { kind: 'delay', delayMs };
    },
    stall() {
      mode = { kind: 'stall' };
    },
    allow() {
      mode = { kind: 'open' };
      for (const send of held) send();
      held.clear();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
