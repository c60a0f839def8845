import { currency, wholeNumber } from '@florin/values';
import Joi from 'joi';

export type ProcessSettings = {
  NODE_ENV: 'development' | 'production';
  LOG_LEVEL: string;
  HOST: string;
  HTTP_READY_PROTOTYPES: boolean;
  STOP_TIMEOUT_MS: number;
  DATABASE_POOL_MAX: number;
  KAFKA_BROKERS: string;
  KAFKA_PREFIX: string;
  KAFKA_PARTITIONS: number;
  KAFKA_REPLICATION_FACTOR: number;
  KAFKA_SESSION_TIMEOUT_MS: number;
  OUTBOX_POLL_MS: number;
  OUTBOX_BATCH_SIZE: number;
  OUTBOX_BATCH_BYTES: number;
  OUTBOX_LINGER_MS: number;
  OUTBOX_MAX_ROWS: number;
  BACKLOG_DEGRADED_S: number;
  BACKLOG_MAX_S: number;
  EVENT_MAX_BYTES: number;
  CONSUMER_BATCH_SIZE: number;
  CLOCK_MAX_DIFFERENCE_S: number;
  FLORIN_CURRENCY: string;
  JWT_ISSUER: string;
  JWT_AUDIENCE: string;
  JWKS_URL: string;
  JWKS_REFRESH_S: number;
  ACCESS_TOKEN_TTL_S: number;
  RATE_LIMIT_USER_PER_MIN?: number;
  RATE_LIMIT_ADDRESS_PER_MIN?: number;
  TRUSTED_PROXIES: number;
  CURSOR_KEY: string;
  CRASH_AT: string;
};

/** A revocation matters for one token's life; the rest is for clocks, and for who looks for what went wrong. */
const TOKEN_LIVES_KEPT = 4;
/** Development has no limits, so that a local load test meets none. */
const PRODUCTION_USER_PER_MIN = 600;
const PRODUCTION_ADDRESS_PER_MIN = 300;

/** Known to everybody, and good enough where nobody gains by a forged cursor. */
const DEVELOPMENT_CURSOR_KEY = Buffer.alloc(32, 'florin-development-cursors').toString('base64');
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/** The settings that every service reads. Each description is its line in `.env.example`. */
export const processSettings = {
  NODE_ENV: Joi.string()
    .valid('development', 'production')
    .default('development')
    .description('production turns the development defaults off'),
  LOG_LEVEL: Joi.string()
    .valid('error', 'warn', 'info', 'debug')
    .default('info')
    .description('the least severe level that is logged'),
  HOST: Joi.string().default('127.0.0.1').description('the address the services listen on; 0.0.0.0 in a container'),
  HTTP_READY_PROTOTYPES: Joi.boolean()
    .default(true)
    .description('false: requests get their prototypes from Express one by one, as it comes; several times slower'),
  STOP_TIMEOUT_MS: wholeNumber()
    .min(1000)
    .default(10_000)
    .description('how long a service may take to stop before it ends itself'),
  DATABASE_POOL_MAX: wholeNumber().min(4).max(500).default(20).description('most database connections of one service instance'),
  KAFKA_BROKERS: Joi.string().required().description('host:port,host:port'),
  KAFKA_PREFIX: Joi.string()
    .allow('')
    .pattern(/^[\w.-]*$/)
    .default('')
    .description('goes before every topic and consumer group'),
  KAFKA_PARTITIONS: wholeNumber()
    .min(1)
    .max(1000)
    .default(12)
    .description('partitions of a topic when the migration step creates it'),
  KAFKA_REPLICATION_FACTOR: wholeNumber().min(1).max(9).default(1).description('copies of each partition; production wants 3'),
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber().min(1000).default(30_000).description('after this silence a consumer counts as dead'),
  OUTBOX_POLL_MS: wholeNumber().min(10).default(250).description('how often the relay looks when nothing woke it'),
  OUTBOX_BATCH_SIZE: wholeNumber().min(1).max(5000).default(500).description('most events that the relay sends at once'),
  OUTBOX_BATCH_BYTES: wholeNumber()
    .min(1_000)
    .max(16 * 1024 * 1024)
    .default(900 * 1024)
    .description(
      "maximum number of bytes of events in one of the relay's requests to Kafka; less where a topic's max.message.bytes is less",
    ),
  OUTBOX_LINGER_MS: wholeNumber()
    .min(0)
    .max(1000)
    .default(50)
    .description('so long after one batch of events the relay sends the next at the earliest, unless it is full'),
  OUTBOX_MAX_ROWS: wholeNumber()
    .min(1)
    .default(200_000)
    .description('so many events may wait to be published before new writes get 503'),
  BACKLOG_DEGRADED_S: wholeNumber()
    .min(1)
    .default(30)
    .description(
      'seconds that the oldest event in the outbox has waited, or that the consumer is behind, from which /health/ready says degraded',
    ),
  BACKLOG_MAX_S: wholeNumber()
    .min(1)
    .default(300)
    .description('seconds of the same delay beyond which new purchases get 503; everything else goes on'),
  EVENT_MAX_BYTES: wholeNumber()
    .min(1_000)
    .max(1_000_000)
    .default(256 * 1024)
    .description(
      "maximum number of bytes of one event, below each topic's max.message.bytes; a purchase whose event has more gets 422",
    ),
  CONSUMER_BATCH_SIZE: wholeNumber().min(1).max(5000).default(500).description('most events in one consumer transaction'),
  CLOCK_MAX_DIFFERENCE_S: wholeNumber()
    .min(1)
    .max(3600)
    .default(10)
    .description(
      "seconds by which an instance's clock may differ from the database's and from Kafka's; beyond that the instance is not ready",
    ),
  FLORIN_CURRENCY: currency().default('EUR').description('ISO 4217 code used where a request names none'),
  JWT_ISSUER: Joi.string().default('florin-auth').description('iss of the access tokens'),
  JWT_AUDIENCE: Joi.string().default('florin').description('aud of the access tokens'),
  JWKS_URL: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .default('http://127.0.0.1:3001/.well-known/jwks.json')
    .description("where auth's public keys are read, to check access tokens locally"),
  JWKS_REFRESH_S: wholeNumber().min(1).default(300).description('how often the public keys are read again'),
  ACCESS_TOKEN_TTL_S: wholeNumber()
    .min(10)
    .max(3600)
    .default(900)
    .description('how long an access token is good, the same for all services: so far back they read revocations'),
  RATE_LIMIT_USER_PER_MIN: wholeNumber()
    .min(0)
    .description(
      `requests a minute that one user may make of one instance, 0 for any number; ${PRODUCTION_USER_PER_MIN} in production`,
    ),
  RATE_LIMIT_ADDRESS_PER_MIN: wholeNumber()
    .min(0)
    .description(`the same for one address, where no token is needed; ${PRODUCTION_ADDRESS_PER_MIN} in production`),
  TRUSTED_PROXIES: wholeNumber()
    .min(0)
    .max(10)
    .default(0)
    .description('so many proxies stand before the services, whose X-Forwarded-For is believed'),
  CURSOR_KEY: Joi.string()
    .pattern(BASE64_OF_32_BYTES, '32 bytes in base64')
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required().invalid(DEVELOPMENT_CURSOR_KEY),
      otherwise: Joi.string().default(DEVELOPMENT_CURSOR_KEY),
    })
    .description(
      "32 random bytes in base64 (openssl rand -base64 32), which seal the cursors of lists, the same for all of a service's instances; production has no default",
    ),
  CRASH_AT: Joi.string()
    .allow('')
    .default('')
    .description('for crash tests: the point, and after a colon the how-manieth time, at which the process kills itself'),
} satisfies Record<keyof ProcessSettings, Joi.Schema>;

export type ProcessConfig = {
  isProduction: boolean;
  logLevel: string;
  host: string;
  hasReadyPrototypes: boolean;
  stopTimeoutMs: number;
  databasePoolMax: number;
  currency: string;
  crashAt: string;
  cursorKey: Buffer;
  clockMaxDifferenceMs: number;
  kafka: {
    brokers: string[];
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
    /** Of the topics that keep less than the others. */
    retentionMs: Record<string, number>;
  };
  jwt: { issuer: string; audience: string; jwksUrl: string; jwksRefreshS: number; tokenLifeMs: number };
  limits: { userPerMinute: number; addressPerMinute: number; trustedProxies: number };
};

/** The settings in the form that a composition root hands on. */
export function processConfig(settings: Readonly<ProcessSettings>): ProcessConfig {
  const isProduction = settings.NODE_ENV === 'production';
  return {
    isProduction,
    logLevel: settings.LOG_LEVEL,
    host: settings.HOST,
    hasReadyPrototypes: settings.HTTP_READY_PROTOTYPES,
    stopTimeoutMs: settings.STOP_TIMEOUT_MS,
    databasePoolMax: settings.DATABASE_POOL_MAX,
    currency: settings.FLORIN_CURRENCY,
    crashAt: settings.CRASH_AT,
    cursorKey: Buffer.from(settings.CURSOR_KEY, 'base64'),
    clockMaxDifferenceMs: settings.CLOCK_MAX_DIFFERENCE_S * 1000,
    kafka: {
      brokers: settings.KAFKA_BROKERS.split(','),
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
      retentionMs: { 'florin.sessions': settings.ACCESS_TOKEN_TTL_S * 1000 * TOKEN_LIVES_KEPT },
    },
    jwt: {
      issuer: settings.JWT_ISSUER,
      audience: settings.JWT_AUDIENCE,
      jwksUrl: settings.JWKS_URL,
      jwksRefreshS: settings.JWKS_REFRESH_S,
      tokenLifeMs: settings.ACCESS_TOKEN_TTL_S * 1000,
    },
    limits: {
      userPerMinute: settings.RATE_LIMIT_USER_PER_MIN ?? (isProduction ? PRODUCTION_USER_PER_MIN : 0),
      addressPerMinute: settings.RATE_LIMIT_ADDRESS_PER_MIN ?? (isProduction ? PRODUCTION_ADDRESS_PER_MIN : 0),
      trustedProxies: settings.TRUSTED_PROXIES,
    },
  };
}
