import { type Migration, newId } from '@florin/database';
import { DEVELOPMENT_SIGNING_KEYS, type EventSignatures, makeEvent, parseSigningKeys } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { auditLogMigrations, createLogger, type Logger } from '@florin/runtime';
import { testBrokers, testKafka } from '@florin/testing';
import { type Broker, messagingMigrations, type OutgoingMessage } from '../src/index.ts';

/** The tables of a service that records each event that takes effect, without a unique key that would hide repeated effects. */
export const migrations: Migration[] = [
  ...messagingMigrations,
  ...auditLogMigrations,
  {
    name: '0001',
    up: [
      `CREATE TABLE effects (number INT AUTO_INCREMENT PRIMARY KEY, event_id CHAR(36) NOT NULL, user_id CHAR(36) NOT NULL,
         type VARCHAR(64) NOT NULL, note VARCHAR(20) NULL UNIQUE)`,
    ],
  },
];

/** Signs, and takes unsigned events until offsets are stored. */
export const signatures: Exclude<EventSignatures, { mode: 'off' }> = { keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) };

export const quietLogger: Logger = createLogger({ service: 'test', level: 'error' });
quietLogger.silent = true;

export function testBroker(prefix: string, brokers: readonly string[] = testBrokers()): Broker {
  return kafkaBroker({
    ...testKafka(),
    brokers,
    clientId: 'test',
    prefix,
    sessionTimeoutMs: 6_000,
    logger: quietLogger,
  });
}

export function registered(userId: string = newId(), sequence = 1) {
  return makeEvent('user-registered', { sequence, data: { userId } });
}

export function erased(userId: string, sequence = 2) {
  return makeEvent('user-erased', { sequence, data: { userId } });
}

export function messageOf({ topic, key, event }: { topic: string; key: string; event: unknown }): OutgoingMessage {
  return { topic, key, value: typeof event === 'string' ? event : JSON.stringify(event), headers: {} };
}
