import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline, Transform, type TransformCallback } from 'node:stream';

export type TcpProxy = {
  port: number;
  /** Breaks every connection at once. */
  cut(): void;
  /** Breaks every connection, and every new one, until `allow`. */
  refuse(): void;
  /** Holds back everything that comes, either way, by this long. */
  delay(delayMs: number): void;
  /** Lets nothing through and breaks nothing, as when packets get lost. */
  stall(): void;
  /** Ends refusal, delay and stall. */
  allow(): void;
  close(): Promise<void>;
};

/** A TCP proxy on loopback that can do to its connections what networks do. */
export async function startProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let mode: 'open' | 'refuse' | 'stall' = 'open';
  let delayMs = 0;

  const passage = (): Transform =>
    new Transform({
      transform(chunk: Buffer, _encoding, done: TransformCallback) {
        const pass = (): void => {
          if (mode === 'stall') waiting.add(pass);
          else if (delayMs > 0) setTimeout(() => done(null, chunk), delayMs);
          else done(null, chunk);
        };
        pass();
      },
    });
  const server: Server = createServer((client) => {
    if (mode === 'refuse') {
      client.destroy();
      return;
    }
    const target = connect({ port: targetPort, host: '127.0.0.1' });
    for (const socket of [client, target]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    pipeline(client, passage(), target, () => {});
    pipeline(target, passage(), client, () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    cut,
    refuse() {
      mode = 'refuse';
      cut();
    },
    delay(byMs) {
      delayMs = byMs;
    },
    stall() {
      mode = 'stall';
    },
    allow() {
      mode = 'open';
      delayMs = 0;
      const held = [...waiting];
      waiting.clear();
      for (const pass of held) pass();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
