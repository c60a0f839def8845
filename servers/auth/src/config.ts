import { type ProcessConfig, type ProcessSettings, processConfig, processSettings, readSettings } from '@florin/runtime';
import { databaseUrl, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { PasswordLimitOptions } from './credentials/index.ts';
import { knownEmailField, newPasswordField } from './credentials/index.ts';
import { demoAccounts } from './demo-accounts.ts';
import type { PruningOptions } from './sessions/index.ts';

type AuthSettings = ProcessSettings & {
  AUTH_PORT: number;
  AUTH_DATABASE_URL: string;
  AUTH_KEY_ENCRYPTION_KEY: string;
  REFRESH_TOKEN_TTL_S: number;
  SESSION_PRUNE_EVERY_S: number;
  SESSION_KEEP_ENDED_S: number;
  PASSWORD_ATTEMPTS_PER_ACCOUNT?: number;
  PASSWORD_ATTEMPTS_PER_ADDRESS?: number;
  PASSWORD_FIRST_DELAY_S: number;
  PASSWORD_LONGEST_DELAY_S: number;
  PASSWORD_FORGET_AFTER_S: number;
  SESSIONS_PER_USER: number;
  PASSWORD_LIMIT_STORE: 'memory' | 'database';
  FLORIN_ADMIN_EMAIL?: string;
  FLORIN_ADMIN_PASSWORD?: string;
};

/** Everybody can read it here: production must have one of its own. */
const DEVELOPMENT_ENCRYPTION_KEY = Buffer.from('florin-keys-only-for-development').toString('base64');
const KEY_BYTES = 32;
/** Development has no limits, so that a local load test meets none. */
const PRODUCTION_ATTEMPTS = { account: 5, address: 50 };
const MAX_ACCESS_TOKEN_TTL_S = 3600;

/** Each description is its line in `.env.example`. */
const authSettings = {
  AUTH_PORT: Joi.number().port().default(3001).description("auth's port"),
  AUTH_DATABASE_URL: databaseUrl().required().description("auth's database: mysql://user:password@host:port/florin_auth"),
  AUTH_KEY_ENCRYPTION_KEY: Joi.string()
    .custom((value: string, helpers) => (isKey(value) ? value : helpers.error('any.invalid')))
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required().invalid(DEVELOPMENT_ENCRYPTION_KEY),
      otherwise: Joi.string().default(DEVELOPMENT_ENCRYPTION_KEY),
    })
    .description('32 random bytes in base64 (openssl rand -base64 32), which seal the signing keys; production has no default'),
  REFRESH_TOKEN_TTL_S: wholeNumber()
    .min(60)
    .default(30 * 24 * 3600)
    .description('how long a session lasts before one must sign in again'),
  SESSION_PRUNE_EVERY_S: wholeNumber().min(1).max(86_400).default(3600).description('how often old sessions are pruned'),
  SESSION_KEEP_ENDED_S: wholeNumber()
    .min(MAX_ACCESS_TOKEN_TTL_S)
    .default(24 * 3600)
    .description('how long a session is kept after it ended or expired'),
  PASSWORD_ATTEMPTS_PER_ACCOUNT: wholeNumber()
    .min(0)
    .description(
      `so many wrong passwords for one account cost no pause, 0 for any number; ${PRODUCTION_ATTEMPTS.account} in production`,
    ),
  PASSWORD_ATTEMPTS_PER_ADDRESS: wholeNumber()
    .min(0)
    .description(`the same from one address, whatever the account; ${PRODUCTION_ATTEMPTS.address} in production`),
  PASSWORD_FIRST_DELAY_S: wholeNumber()
    .min(1)
    .max(3600)
    .default(1)
    .description('the pause after the first wrong password too many; each further one doubles it'),
  PASSWORD_LONGEST_DELAY_S: wholeNumber().min(1).max(86_400).default(900).description('the longest such pause'),
  PASSWORD_FORGET_AFTER_S: wholeNumber()
    .min(1)
    .max(24 * 86_400)
    .default(86_400)
    .description('how long wrong passwords count, from the first'),
  SESSIONS_PER_USER: wholeNumber()
    .min(1)
    .max(1000)
    .default(100)
    .description('so many sessions one user may have; signing in once more ends the oldest'),
  PASSWORD_LIMIT_STORE: Joi.string()
    .valid('memory', 'database')
    .default('memory')
    .description('where wrong passwords are counted; database where several instances of auth run'),
  FLORIN_ADMIN_EMAIL: knownEmailField.description(
    `the first admin, made at start where there is no such account; development's default is ${demoAccounts.admin.email}`,
  ),
  FLORIN_ADMIN_PASSWORD: newPasswordField.description('its password; goes with FLORIN_ADMIN_EMAIL, production has no default'),
};

export const settings = Joi.object<AuthSettings>({ ...processSettings, ...authSettings }).and(
  'FLORIN_ADMIN_EMAIL',
  'FLORIN_ADMIN_PASSWORD',
);

export type AuthConfig = ProcessConfig & {
  port: number;
  databaseUrl: string;
  keyEncryptionKey: Buffer;
  accessTokenTtlS: number;
  sessionTtlS: number;
  mostSessions: number;
  sessionPruning: PruningOptions;
  passwordLimits: Omit<PasswordLimitOptions, 'store'> & { isShared: boolean };
  firstAdmin: { email: string; password: string } | undefined;
};

/** @throws SettingsError */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): AuthConfig {
  const read = readSettings(settings, environment);
  return {
    ...processConfig(read),
    port: read.AUTH_PORT,
    databaseUrl: read.AUTH_DATABASE_URL,
    keyEncryptionKey: Buffer.from(read.AUTH_KEY_ENCRYPTION_KEY, 'base64'),
    accessTokenTtlS: read.ACCESS_TOKEN_TTL_S,
    sessionTtlS: read.REFRESH_TOKEN_TTL_S,
    mostSessions: read.SESSIONS_PER_USER,
    sessionPruning: { everyS: read.SESSION_PRUNE_EVERY_S, keepEndedS: read.SESSION_KEEP_ENDED_S },
    passwordLimits: passwordLimitsOf(read),
    firstAdmin: firstAdminOf(read),
  };
}

function passwordLimitsOf(read: AuthSettings): AuthConfig['passwordLimits'] {
  const preset = read.NODE_ENV === 'production' ? PRODUCTION_ATTEMPTS : { account: 0, address: 0 };
  return {
    freeAttempts: {
      account: read.PASSWORD_ATTEMPTS_PER_ACCOUNT ?? preset.account,
      address: read.PASSWORD_ATTEMPTS_PER_ADDRESS ?? preset.address,
    },
    firstDelayS: read.PASSWORD_FIRST_DELAY_S,
    maxDelayS: read.PASSWORD_LONGEST_DELAY_S,
    forgetAfterS: read.PASSWORD_FORGET_AFTER_S,
    isShared: read.PASSWORD_LIMIT_STORE === 'database',
  };
}

function firstAdminOf({ NODE_ENV, FLORIN_ADMIN_EMAIL: email, FLORIN_ADMIN_PASSWORD: password }: AuthSettings) {
  if (email !== undefined && password !== undefined) return { email, password };
  return NODE_ENV === 'production' ? undefined : demoAccounts.admin;
}

function isKey(value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === value;
}
