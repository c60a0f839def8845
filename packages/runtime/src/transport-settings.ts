import { type DatabaseTls, withDatabaseTls } from '@florin/values';
import Joi from 'joi';
import { readSettings } from './settings.ts';

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

/** How clients connect to Kafka. `ca`, `certificate` and `key` are in PEM; without `ca`, well-known authorities are trusted. */
export type KafkaSecurity =
  | 'plaintext'
  | {
      ca?: string;
      /** Of the client, with its key. Most clusters need none beside a login. */
      certificate?: string;
      key?: string;
      /** Name in the brokers' certificates, if it is not the host of their addresses. */
      serverName?: string;
      login?: { mechanism: SaslMechanism; username: string; password: string };
    };

/** Addresses of the brokers, and how to connect to them: both together, so that no client forgets the second. */
export type KafkaAccess = { brokers: readonly string[]; security: KafkaSecurity };

export type TransportSettings = {
  KAFKA_SECURITY: 'plaintext' | 'ssl' | 'sasl_ssl';
  KAFKA_TLS_CA?: string;
  KAFKA_TLS_CERTIFICATE?: string;
  KAFKA_TLS_KEY?: string;
  KAFKA_TLS_SERVER_NAME?: string;
  KAFKA_SASL_MECHANISM: SaslMechanism;
  KAFKA_SASL_USERNAME?: string;
  KAFKA_SASL_PASSWORD?: string;
  DATABASE_TLS: 'off' | 'required';
  DATABASE_TLS_CA?: string;
};

// biome-ignore-start lint/suspicious/noThenProperty: it is Joi's name

/** A certificate is no secret, but it has several lines, and a marked setting may come from a file. */
const certificate = Joi.string()
  .pattern(/-----BEGIN CERTIFICATE-----/, 'a certificate in PEM format')
  .meta({ isSecret: true });

const inProduction = (secured: string, otherwise: string) => ({
  is: 'production',
  then: Joi.string().default(secured),
  otherwise: Joi.string().default(otherwise),
});

/** A setting that has no effect in plain text is refused there: whoever sets it expects TLS. */
const onlyWith = (setting: string, values: string[], required = Joi.optional()) => ({
  is: Joi.valid(...values),
  then: required,
  otherwise: Joi.forbidden().messages({ 'any.unknown': `{{#label}} needs ${setting}=${values.join(' or ')}` }),
});

/** The settings of TLS and of the login to Kafka. Services, commands and tools read the same ones. */
export const transportSettings = {
  KAFKA_SECURITY: Joi.string()
    .valid('plaintext', 'ssl', 'sasl_ssl')
    .when('NODE_ENV', inProduction('sasl_ssl', 'plaintext'))
    .description(
      'Security protocol of Kafka: plaintext, ssl (TLS) or sasl_ssl (TLS and a login) (default sasl_ssl in production, plaintext in development)',
    ),
  KAFKA_TLS_CA: certificate
    .when('KAFKA_SECURITY', onlyWith('KAFKA_SECURITY', ['ssl', 'sasl_ssl']))
    .description(
      'Certificates that the brokers’ certificates are checked with, in PEM format (default: those of well-known authorities)',
    ),
  KAFKA_TLS_CERTIFICATE: certificate
    .when('KAFKA_SECURITY', onlyWith('KAFKA_SECURITY', ['ssl', 'sasl_ssl']))
    .description('Client certificate for Kafka, in PEM format (default: none). Needs KAFKA_TLS_KEY'),
  KAFKA_TLS_KEY: Joi.string()
    .when('KAFKA_TLS_CERTIFICATE', {
      is: Joi.exist(),
      then: Joi.required(),
      otherwise: Joi.forbidden().messages({ 'any.unknown': '{{#label}} needs KAFKA_TLS_CERTIFICATE' }),
    })
    .meta({ isSecret: true })
    .description('Private key of the client certificate, in PEM format (default: none)'),
  KAFKA_TLS_SERVER_NAME: Joi.string()
    .hostname()
    .when('KAFKA_SECURITY', onlyWith('KAFKA_SECURITY', ['ssl', 'sasl_ssl']))
    .description('Host name in the brokers’ certificates (default: the host of each broker’s address)'),
  KAFKA_SASL_MECHANISM: Joi.string()
    .valid('plain', 'scram-sha-256', 'scram-sha-512')
    .default('scram-sha-512')
    .description('SASL mechanism of the login to Kafka: plain, scram-sha-256 or scram-sha-512 (default scram-sha-512)'),
  KAFKA_SASL_USERNAME: Joi.string()
    .when('KAFKA_SECURITY', onlyWith('KAFKA_SECURITY', ['sasl_ssl'], Joi.required()))
    .description('User of the login to Kafka, one for each service (default: none). Required with sasl_ssl'),
  KAFKA_SASL_PASSWORD: Joi.string()
    .when('KAFKA_SECURITY', onlyWith('KAFKA_SECURITY', ['sasl_ssl'], Joi.required()))
    .meta({ isSecret: true })
    .description('Password of the login to Kafka (default: none). Required with sasl_ssl'),
  DATABASE_TLS: Joi.string()
    .valid('off', 'required')
    .when('NODE_ENV', inProduction('required', 'off'))
    .description(
      'Whether connections to the database use TLS: required or off (default required in production, off in development). The parameter tls of an address takes precedence',
    ),
  DATABASE_TLS_CA: certificate
    .when('DATABASE_TLS', onlyWith('DATABASE_TLS', ['required']))
    .description(
      'Certificates that the database server’s certificate is checked with, in PEM format (default: those of well-known authorities)',
    ),
} satisfies Record<keyof TransportSettings, Joi.Schema>;

// biome-ignore-end lint/suspicious/noThenProperty: it is Joi's name

export function kafkaSecurity(settings: Readonly<TransportSettings>): KafkaSecurity {
  const { KAFKA_SECURITY: protocol, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = settings;
  if (protocol === 'plaintext') return 'plaintext';
  return {
    ...(settings.KAFKA_TLS_CA && { ca: settings.KAFKA_TLS_CA }),
    ...(settings.KAFKA_TLS_CERTIFICATE && { certificate: settings.KAFKA_TLS_CERTIFICATE }),
    ...(settings.KAFKA_TLS_KEY && { key: settings.KAFKA_TLS_KEY }),
    ...(settings.KAFKA_TLS_SERVER_NAME && { serverName: settings.KAFKA_TLS_SERVER_NAME }),
    ...(username && password && { login: { mechanism: settings.KAFKA_SASL_MECHANISM, username, password } }),
  };
}

export function databaseTls({ DATABASE_TLS: tls, DATABASE_TLS_CA: ca }: Readonly<TransportSettings>): DatabaseTls {
  return tls === 'off' ? 'off' : { ...(ca && { ca }) };
}

/** The transport settings of a command or tool, which reads them from its environment by themselves. */
export type Transport = { kafka: KafkaSecurity; databaseAddress(url: string): string };

const schema = Joi.object<TransportSettings & { NODE_ENV: string }, true>({
  NODE_ENV: Joi.string().default('development'),
  ...transportSettings,
});

/** @throws SettingsError */
export function readTransport(environment: NodeJS.ProcessEnv): Transport {
  const settings = readSettings(schema, environment);
  const tls = databaseTls(settings);
  return { kafka: kafkaSecurity(settings), databaseAddress: (url) => withDatabaseTls(url, tls) };
}
