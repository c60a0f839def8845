import type { Broker } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { testBrokers } from '@florin/testing';
import { kafkajsBroker } from '../src/index.ts';

const quietLogger = createLogger({ service: 'test', level: 'error' });
quietLogger.silent = true;

export function testBroker(prefix: string, brokers: readonly string[] = testBrokers()): Broker {
  return kafkajsBroker({
    brokers,
    security: 'plaintext',
    clientId: 'test',
    prefix,
    sessionTimeoutMs: 6_000,
    logger: quietLogger,
  });
}
