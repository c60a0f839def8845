import { faultOf, type SaslMechanism } from '@florin/runtime';
import type { Base, BaseOptions, SASLMechanismValue } from '@platformatic/kafka';
import { CONNECT_TIMEOUT_MS, type KafkaOptions, REQUEST_TIMEOUT_MS } from '../kafka-options.ts';
import { explain } from './faults.ts';

/** Leaders move rarely, and an answer of a former leader makes the client look them up at once. */
const METADATA_MAX_AGE_MS = 300_000;
/** Maximum time for closing, so that an unresponsive broker does not delay the end of the process. */
const CLOSE_WITHIN_MS = 2_000;

const mechanisms: Record<SaslMechanism, SASLMechanismValue> = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
};

/** The options of every client. It does not retry: the driver does, because it knows what a repetition would do. */
export function clientOptions({ brokers, clientId, security }: KafkaOptions): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    timeout: REQUEST_TIMEOUT_MS,
    retries: 0,
    metadataMaxAge: METADATA_MAX_AGE_MS,
    autocreateTopics: false,
    ...secured(security),
  };
}

function secured(security: KafkaOptions['security']): Pick<BaseOptions, 'tls' | 'tlsServerName' | 'sasl'> {
  if (security === 'plaintext') return {};
  const { ca, certificate, key, serverName, login } = security;
  return {
    tls: {
      ...(ca && { ca }),
      ...(certificate && { cert: certificate }),
      ...(key && { key }),
      minVersion: 'TLSv1.2',
    },
    // Otherwise Node checks each broker by the host of its address.
    ...(serverName && { tlsServerName: serverName }),
    ...(login && { sasl: { mechanism: mechanisms[login.mechanism], username: login.username, password: login.password } }),
  };
}

/**
 * Prepares a client: errors of its connections are logged. A connection may report a second error, for example when the broker
 * closes it after a failed login. The library listens to the first one only, and an error that nobody listens to ends the process.
 */
export function prepared<Client extends Base>(client: Client, { logger }: Pick<KafkaOptions, 'logger'>): Client {
  client.connections.on('connecting', ({ broker, connection }) =>
    connection.on('error', (error) =>
      logger.warn('kafka: connection error', { broker: `${broker.host}:${broker.port}`, ...faultOf(explain(error)) }),
    ),
  );
  client.on('error', () => {});
  return client;
}

/** Closes a client. If the broker does not answer in time, its connections are cut. */
export async function closeClient(client: Base, close: () => Promise<void>): Promise<void> {
  const sockets = [...client.connections].map(([, connection]) => connection.socket);
  const cut = (): void => {
    for (const socket of sockets) socket?.destroy();
  };
  const timer = setTimeout(cut, CLOSE_WITHIN_MS);
  try {
    await close();
  } catch {
    cut();
  } finally {
    clearTimeout(timer);
  }
}
