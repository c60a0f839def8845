import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OutgoingEvent, topics } from '@florin/events';
import type { Endpoint } from '@florin/http';
import { kafkaBroker } from '@florin/kafka';
import { createLogger } from '@florin/runtime';
import { createService } from '@florin/service';
import {
  createTestDatabase,
  startTestIssuer,
  type TestDatabase,
  testBrokers,
  testKafka,
  uniquePrefix,
  untilRevocationsRead,
} from '@florin/testing';
import sharp, { type Sharp } from 'sharp';
import { migrations } from '../migrations/index.ts';
import { readConfig } from '../src/config.ts';
import { media } from '../src/features.ts';

export type Bearer = { id: string; roles?: readonly string[] };

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type Answer = { status: number; headers: Headers; bytes: Buffer; body: any };

type Request = { bearer?: Bearer | undefined; headers?: Record<string, string>; body?: unknown };

export type RunningMedia = {
  database: TestDatabase;
  /** The folder of the files. */
  directory: string;
  url: string;
  endpoints: readonly Endpoint[];
  tokenFor(bearer: Bearer): string;
  call(method: string, path: string, request?: Request): Promise<Answer>;
  publish(...events: OutgoingEvent[]): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the whole service with its own port, database, topics and folder, and tokens from a real JWKS. */
export async function startMedia(environment: Record<string, string> = {}): Promise<RunningMedia> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await createTestDatabase(migrations, media.rights), ({ drop }) => drop());
  const directory = opened.adopt(await mkdtemp(join(tmpdir(), 'florin-media-')), (made) => rm(made, { recursive: true }));
  const issuer = opened.adopt(await startTestIssuer(), ({ stop }) => stop());
  const prefix = uniquePrefix('media');
  const logger = createLogger({ service: 'media-test', level: 'error' });
  const broker = opened.adopt(
    kafkaBroker({ ...testKafka(), clientId: 'media-test', prefix, sessionTimeoutMs: 6000, logger }),
    (connected) => connected.disconnect(),
  );
  await broker.createTopics(topics, { partitions: 1, replicationFactor: 1 });
  const config = readConfig({
    MEDIA_PORT: '0',
    MEDIA_DATABASE_URL: database.runningUrl,
    MEDIA_DIRECTORY: directory,
    KAFKA_BROKERS: testBrokers().join(','),
    KAFKA_DRIVER: testKafka().driver,
    KAFKA_PREFIX: prefix,
    KAFKA_SESSION_TIMEOUT_MS: '6000',
    OUTBOX_POLL_MS: '50',
    JWKS_URL: issuer.jwksUrl,
    ...environment,
  });
  const service = createService({ ...media, config, overrides: { logger } });
  opened.defer(() => service.stop());
  await service.start();
  const url = `http://127.0.0.1:${service.port()}`;
  await untilRevocationsRead(url);
  const closing = opened.move();
  return {
    database,
    directory,
    url,
    endpoints: service.endpoints,
    tokenFor: issuer.tokenFor,
    async call(method, path, { bearer, headers = {}, body } = {}) {
      const isBytes = Buffer.isBuffer(body);
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${issuer.tokenFor(bearer)}` }),
          ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        bytes,
        body: isJson ? JSON.parse(bytes.toString()) : undefined,
      };
    },
    publish: (...events) =>
      broker.publish(events.map(({ topic, key, event }) => ({ topic, key, value: JSON.stringify(event), headers: {} }))),
    stop: () => closing.disposeAsync(),
  };
}

/** A picture of one colour, different for each `shade`. */
export function drawPicture({ width = 400, height = 300, shade = 0 } = {}): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r: shade % 256, g: 90, b: 120 } } });
}
