import { createLogger, createMetrics } from '@florin/runtime';
import { createApp, type Endpoint, type HttpServer, startHttpServer } from '../src/index.ts';

type TestApp = HttpServer & { url: string };

/** Starts a service's app with these endpoints, without authentication. */
export async function startApp(endpoints: readonly Endpoint[]): Promise<TestApp> {
  const app = createApp({
    title: 'Books',
    endpoints,
    guard: () => [],
    logger: createLogger({ service: 'books', level: 'error' }),
    metrics: createMetrics('books'),
    cursorKey: 'test',
    readiness: {},
  });
  const server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}
