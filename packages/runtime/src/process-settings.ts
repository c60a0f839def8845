import type { EventSignatures } from '@florin/events';
import { currency, type DatabaseTls, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { type EventSignatureSettings, eventSignatureSettings, eventSignaturesOf } from './event-signature-settings.ts';
import { type HttpConfig, type HttpSettings, httpConfig, httpSettings } from './http-settings.ts';
import { type KafkaDriver, kafkaDriverSetting } from './kafka-driver.ts';
import { logComponents, parseLogLevels } from './log-levels.ts';
import { type TracingEnvironment, type TracingSettings, tracingOf, tracingSettings } from './tracing-settings.ts';
import {
  databaseTls,
  type KafkaSecurity,
  kafkaSecurity,
  type TransportSettings,
  transportSettings,
} from './transport-settings.ts';

/** How client addresses stand in the log. */
export type AddressLogging = 'plain' | 'hashed' | 'off';

export type ProcessSettings = TransportSettings &
  HttpSettings &
  EventSignatureSettings &
  TracingEnvironment & {
    NODE_ENV: 'development' | 'production';
    LOG_LEVEL: string;
    LOG_ADDRESSES: AddressLogging;
    HOST: string;
    HTTP_READY_PROTOTYPES: boolean;
    STOP_TIMEOUT_MS: number;
    DATABASE_POOL_MAX: number;
    KAFKA_BROKERS: string;
    KAFKA_DRIVER: KafkaDriver;
    KAFKA_PREFIX: string;
    KAFKA_PARTITIONS: number;
    KAFKA_REPLICATION_FACTOR: number;
    KAFKA_SESSION_TIMEOUT_MS: number;
    OUTBOX_POLL_MS: number;
    OUTBOX_BATCH_SIZE: number;
    OUTBOX_BATCH_BYTES: number;
    OUTBOX_LINGER_MS: number;
    OUTBOX_MAX_ROWS: number;
    DEAD_LETTERS_MAX_ROWS: number;
    BACKLOG_DEGRADED_S: number;
    BACKLOG_MAX_S: number;
    EVENT_MAX_BYTES: number;
    CONSUMER_BATCH_SIZE: number;
    CLOCK_MAX_DIFFERENCE_S: number;
    INVARIANT_CHECKS_PERCENT: number;
    FLORIN_CURRENCY: string;
    JWT_ISSUER: string;
    JWT_AUDIENCE: string;
    JWKS_URL: string;
    JWKS_REFRESH_S: number;
    ACCESS_TOKEN_TTL_S: number;
    REVOCATIONS_MAX_AGE_S: number;
    RATE_LIMIT_USER_PER_MIN?: number;
    RATE_LIMIT_ADDRESS_PER_MIN?: number;
    HTTP_CONNECTIONS_MAX: number;
    HTTP_CONNECTIONS_MAX_PER_ADDRESS?: number;
    TRUSTED_PROXIES: number;
    CURSOR_KEY: string;
    CRASH_AT: string;
  };

/** A revocation matters for one token's life; the rest is for clocks, and for who looks for what went wrong. */
const TOKEN_LIVES_KEPT = 4;
/** Development has no limits, so that a local load test meets none. */
const PRODUCTION_USER_PER_MIN = 600;
const PRODUCTION_ADDRESS_PER_MIN = 300;
const PRODUCTION_CONNECTIONS_PER_ADDRESS = 256;

/** Known to everybody, and good enough where nobody gains by a forged cursor. */
const DEVELOPMENT_CURSOR_KEY = Buffer.alloc(32, 'florin-development-cursors').toString('base64');
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/** The settings that every service reads. Each description is its line in `.env.example`. */
export const processSettings = {
  NODE_ENV: Joi.string()
    .valid('development', 'production')
    .default('development')
    .description(
      'Mode: development or production (default development). production has no default passwords and keys, and limits the rate of requests',
    ),
  LOG_LEVEL: Joi.string()
    .custom(checkLogLevels)
    .default('info')
    .description(
      `Least severe level that is logged: error, warn, info or debug (default info). Components can have their own, as in info,messaging=debug,http=warn. The components are ${logComponents.join(', ')}`,
    ),
  LOG_ADDRESSES: Joi.string()
    .valid('plain', 'hashed', 'off')
    .default('hashed')
    .description(
      'Client addresses in the log: plain, hashed or off (default hashed). Hashes are keyed with CURSOR_KEY: equal addresses have equal hashes while it stays the same',
    ),
  ...tracingSettings,
  HOST: Joi.string()
    .default('127.0.0.1')
    .description('Address that the services listen on (default 127.0.0.1). In a container: 0.0.0.0'),
  HTTP_READY_PROTOTYPES: Joi.boolean()
    .default(true)
    .description(
      'Whether the prototypes of requests are prepared once per app (default true). false lets Express set them per request, which is several times slower',
    ),
  STOP_TIMEOUT_MS: wholeNumber()
    .min(1000)
    .default(10_000)
    .description('Milliseconds that a service may take to stop (default 10000). Then the process exits with 1'),
  DATABASE_POOL_MAX: wholeNumber()
    .min(4)
    .max(500)
    .default(20)
    .description('Maximum number of database connections of one instance (default 20)'),
  KAFKA_BROKERS: Joi.string().required().description('Addresses of the Kafka brokers: host:port,host:port'),
  ...transportSettings,
  KAFKA_DRIVER: kafkaDriverSetting,
  KAFKA_PREFIX: Joi.string()
    .allow('')
    .pattern(/^[\w.-]*$/)
    .default('')
    .description('Prefix of the names of all topics and consumer groups (default: none)'),
  KAFKA_PARTITIONS: wholeNumber()
    .min(1)
    .max(1000)
    .default(12)
    .description('Number of partitions of each topic that the migrate step creates (default 12)'),
  KAFKA_REPLICATION_FACTOR: wholeNumber()
    .min(1)
    .max(9)
    .default(1)
    .description('Number of replicas of each partition that the migrate step creates (default 1). Production needs 3'),
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber()
    .min(1000)
    .default(30_000)
    .description(
      "Milliseconds without a heartbeat after which Kafka gives a consumer's partitions to another instance (default 30000)",
    ),
  OUTBOX_POLL_MS: wholeNumber()
    .min(10)
    .default(250)
    .description('Milliseconds between two looks of the relay into the outbox while nothing wakes it (default 250)'),
  OUTBOX_BATCH_SIZE: wholeNumber()
    .min(1)
    .max(5000)
    .default(500)
    .description('Maximum number of events that the relay sends in one batch (default 500)'),
  OUTBOX_BATCH_BYTES: wholeNumber()
    .min(1_000)
    .max(16 * 1024 * 1024)
    .default(900 * 1024)
    .description(
      "Maximum number of bytes of events in one request of the relay to Kafka (default 921600). A topic's max.message.bytes applies where it is lower",
    ),
  OUTBOX_LINGER_MS: wholeNumber()
    .min(0)
    .max(1000)
    .default(50)
    .description('Minimum number of milliseconds between two batches of the relay (default 50). A full batch does not wait'),
  OUTBOX_MAX_ROWS: wholeNumber()
    .min(1)
    .default(200_000)
    .description('Maximum number of events in the outbox (default 200000). Beyond it, writes get 503'),
  DEAD_LETTERS_MAX_ROWS: wholeNumber()
    .min(1)
    .default(10_000)
    .description(
      'Maximum number of dead and parked messages of one service (default 10000). At the maximum, a partition whose next message would be one more waits, and /health/ready says degraded',
    ),
  BACKLOG_DEGRADED_S: wholeNumber()
    .min(1)
    .default(30)
    .description(
      'Delay of events in seconds, in the outbox or before the consumer, above which /health/ready says degraded (default 30)',
    ),
  BACKLOG_MAX_S: wholeNumber()
    .min(1)
    .default(300)
    .description('Maximum delay of events in seconds (default 300). Beyond it, new purchases get 503; everything else continues'),
  EVENT_MAX_BYTES: wholeNumber()
    .min(1_000)
    .max(1_000_000)
    .default(256 * 1024)
    .description(
      "Maximum number of bytes of one event (default 262144). Keep it below each topic's max.message.bytes. A purchase whose event has more gets 422",
    ),
  ...eventSignatureSettings,
  CONSUMER_BATCH_SIZE: wholeNumber()
    .min(1)
    .max(5000)
    .default(500)
    .description('Maximum number of events in one transaction of the consumer (default 500)'),
  CLOCK_MAX_DIFFERENCE_S: wholeNumber()
    .min(1)
    .max(3600)
    .default(10)
    .description(
      'Maximum difference in seconds between the clock of an instance and those of its database and Kafka (default 10). Beyond it, the instance is not ready',
    ),
  INVARIANT_CHECKS_PERCENT: wholeNumber()
    .min(0)
    .max(100)
    .default(5)
    .description(
      "Maximum share of one database connection's time, in percent, that the background checks of the invariants take (default 5). 0: no checks. One instance of a service checks at a time",
    ),
  FLORIN_CURRENCY: currency()
    .default('EUR')
    .description('ISO 4217 code of the currency of requests that name none (default EUR)'),
  JWT_ISSUER: Joi.string().default('florin-auth').description('Claim iss of access tokens (default florin-auth)'),
  JWT_AUDIENCE: Joi.string().default('florin').description('Claim aud of access tokens (default florin)'),
  JWKS_URL: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .default('http://127.0.0.1:3001/.well-known/jwks.json')
    .description("URL of auth's public keys, which check access tokens (default http://127.0.0.1:3001/.well-known/jwks.json)"),
  JWKS_REFRESH_S: wholeNumber().min(1).default(300).description('Seconds between two reads of the public keys (default 300)'),
  ACCESS_TOKEN_TTL_S: wholeNumber()
    .min(10)
    .max(3600)
    .default(900)
    .description(
      'Lifetime of an access token in seconds (default 900). Set the same for all services: each reads the revocations of this period at its start',
    ),
  REVOCATIONS_MAX_AGE_S: wholeNumber()
    .min(1)
    .max(3600)
    .default(60)
    .description(
      'Maximum seconds since ended sessions were last read from Kafka (default 60). Beyond it, adjustments, limits, unfreezing and roles get 503',
    ),
  RATE_LIMIT_USER_PER_MIN: wholeNumber()
    .min(0)
    .description(
      `Maximum number of requests per minute of one user to one instance; 0: no limit (default ${PRODUCTION_USER_PER_MIN} in production, 0 in development). Beyond it, requests get 429`,
    ),
  RATE_LIMIT_ADDRESS_PER_MIN: wholeNumber()
    .min(0)
    .description(
      `Maximum number of requests per minute of one IP address to endpoints that need no token; 0: no limit (default ${PRODUCTION_ADDRESS_PER_MIN} in production, 0 in development). Beyond it, requests get 429. A fifth of it is the maximum number of requests per minute of one address that may fail with 400, 401, 403, 404 or 405; beyond it, requests of the address get 429, except of users whose token was verified before`,
    ),
  HTTP_CONNECTIONS_MAX: wholeNumber()
    .min(0)
    .default(5_000)
    .description('Maximum number of connections to one instance; 0: no limit (default 5000). Further ones are closed'),
  HTTP_CONNECTIONS_MAX_PER_ADDRESS: wholeNumber()
    .min(0)
    .description(
      `Maximum number of connections from one IP address to one instance; 0: no limit (default ${PRODUCTION_CONNECTIONS_PER_ADDRESS} in production without TRUSTED_PROXIES, else 0). Further ones are closed`,
    ),
  TRUSTED_PROXIES: wholeNumber()
    .min(0)
    .max(10)
    .default(0)
    .description('Number of proxies in front of the services whose X-Forwarded-For is trusted (default 0)'),
  ...httpSettings,
  CURSOR_KEY: Joi.string()
    .pattern(BASE64_OF_32_BYTES, '32 bytes in base64')
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required(),
      otherwise: Joi.string().default(DEVELOPMENT_CURSOR_KEY),
    })
    .description(
      'Key that seals the cursors of lists: 32 random bytes in base64 (openssl rand -base64 32), the same for all instances of a service. Required in production',
    )
    .meta({ isSecret: true }),
  CRASH_AT: Joi.string()
    .allow('')
    .default('')
    .description(
      'Failpoint at which the process kills itself, and after a colon at which pass (default: none). For tests: production rejects it',
    )
    .meta({ isForTests: true }),
} satisfies Record<keyof ProcessSettings, Joi.Schema>;

export type ProcessConfig = HttpConfig & {
  isProduction: boolean;
  logLevel: string;
  logAddresses: AddressLogging;
  /** Undefined: no traces. */
  tracing?: TracingSettings | undefined;
  host: string;
  hasReadyPrototypes: boolean;
  stopTimeoutMs: number;
  databasePoolMax: number;
  databaseTls: DatabaseTls;
  currency: string;
  crashAt: string;
  cursorKey: Buffer;
  clockMaxDifferenceMs: number;
  /** 0: no background checks. */
  invariantChecksPercent: number;
  eventSignatures: EventSignatures;
  kafka: {
    brokers: string[];
    security: KafkaSecurity;
    driver: KafkaDriver;
    prefix: string;
    partitions: number;
    replicationFactor: number;
    sessionTimeoutMs: number;
    outboxPollMs: number;
    outboxBatchSize: number;
    outboxBatchBytes: number;
    outboxLingerMs: number;
    backlog: { maxRows: number; degradedS: number; maxS: number };
    eventMaxBytes: number;
    consumerBatchSize: number;
    maxDeadLetters: number;
    /** Of the topics that keep less than the others. */
    retentionMs: Record<string, number>;
  };
  jwt: {
    issuer: string;
    audience: string;
    jwksUrl: string;
    jwksRefreshS: number;
    tokenLifeMs: number;
    revocationsMaxAgeMs: number;
  };
  limits: { userPerMinute: number; addressPerMinute: number; trustedProxies: number };
  /** 0: no limit. */
  connections: { max: number; maxPerAddress: number };
};

/** The settings in the form that a composition root hands on. */
export function processConfig(settings: Readonly<ProcessSettings>): ProcessConfig {
  const isProduction = settings.NODE_ENV === 'production';
  return {
    isProduction,
    logLevel: settings.LOG_LEVEL,
    logAddresses: settings.LOG_ADDRESSES,
    tracing: tracingOf(settings),
    host: settings.HOST,
    hasReadyPrototypes: settings.HTTP_READY_PROTOTYPES,
    stopTimeoutMs: settings.STOP_TIMEOUT_MS,
    databasePoolMax: settings.DATABASE_POOL_MAX,
    databaseTls: databaseTls(settings),
    currency: settings.FLORIN_CURRENCY,
    crashAt: settings.CRASH_AT,
    cursorKey: Buffer.from(settings.CURSOR_KEY, 'base64'),
    clockMaxDifferenceMs: settings.CLOCK_MAX_DIFFERENCE_S * 1000,
    invariantChecksPercent: settings.INVARIANT_CHECKS_PERCENT,
    eventSignatures: eventSignaturesOf(settings),
    kafka: {
      brokers: settings.KAFKA_BROKERS.split(','),
      security: kafkaSecurity(settings),
      driver: settings.KAFKA_DRIVER,
      prefix: settings.KAFKA_PREFIX,
      partitions: settings.KAFKA_PARTITIONS,
      replicationFactor: settings.KAFKA_REPLICATION_FACTOR,
      sessionTimeoutMs: settings.KAFKA_SESSION_TIMEOUT_MS,
      outboxPollMs: settings.OUTBOX_POLL_MS,
      outboxBatchSize: settings.OUTBOX_BATCH_SIZE,
      outboxBatchBytes: settings.OUTBOX_BATCH_BYTES,
      outboxLingerMs: settings.OUTBOX_LINGER_MS,
      backlog: {
        maxRows: settings.OUTBOX_MAX_ROWS,
        degradedS: settings.BACKLOG_DEGRADED_S,
        maxS: settings.BACKLOG_MAX_S,
      },
      eventMaxBytes: settings.EVENT_MAX_BYTES,
      consumerBatchSize: settings.CONSUMER_BATCH_SIZE,
      maxDeadLetters: settings.DEAD_LETTERS_MAX_ROWS,
      retentionMs: { 'florin.sessions': settings.ACCESS_TOKEN_TTL_S * 1000 * TOKEN_LIVES_KEPT },
    },
    jwt: {
      issuer: settings.JWT_ISSUER,
      audience: settings.JWT_AUDIENCE,
      jwksUrl: settings.JWKS_URL,
      jwksRefreshS: settings.JWKS_REFRESH_S,
      tokenLifeMs: settings.ACCESS_TOKEN_TTL_S * 1000,
      revocationsMaxAgeMs: settings.REVOCATIONS_MAX_AGE_S * 1000,
    },
    ...httpConfig(settings),
    limits: {
      userPerMinute: settings.RATE_LIMIT_USER_PER_MIN ?? (isProduction ? PRODUCTION_USER_PER_MIN : 0),
      addressPerMinute: settings.RATE_LIMIT_ADDRESS_PER_MIN ?? (isProduction ? PRODUCTION_ADDRESS_PER_MIN : 0),
      trustedProxies: settings.TRUSTED_PROXIES,
    },
    connections: {
      max: settings.HTTP_CONNECTIONS_MAX,
      maxPerAddress: settings.HTTP_CONNECTIONS_MAX_PER_ADDRESS ?? connectionsPerAddress(settings),
    },
  };
}

/** Behind proxies all connections come from the proxies. */
function connectionsPerAddress({ NODE_ENV, TRUSTED_PROXIES }: Readonly<ProcessSettings>): number {
  return NODE_ENV === 'production' && TRUSTED_PROXIES === 0 ? PRODUCTION_CONNECTIONS_PER_ADDRESS : 0;
}

function checkLogLevels(text: string): string {
  parseLogLevels(text);
  return text;
}
