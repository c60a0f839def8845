import {
  type ProcessConfig,
  type ProcessSettings,
  processConfig,
  processSettings,
  readSettings,
  renamedSettings,
  type ShopSetting,
  shopSetting,
} from '@florin/runtime';
import { databaseUrl, wholeNumber, withDatabaseTls } from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { PasswordLimitOptions } from './credentials/index.ts';
import { knownEmailField, newPasswordField, passwordFault } from './credentials/index.ts';
import { demoAccounts } from './demo-accounts.ts';
import { type EncryptionKeys, type SigningAlgorithm, signingAlgorithms } from './keys/index.ts';
import type { AddressStorage, PruningOptions } from './sessions/index.ts';

type AuthSettings = ProcessSettings &
  ShopSetting & {
    AUTH_PORT: number;
    AUTH_DATABASE_URL: string;
    AUTH_KEY_ENCRYPTION_KEY: string;
    AUTH_KEY_ENCRYPTION_KEY_PREVIOUS?: string;
    SIGNING_ALGORITHM: SigningAlgorithm;
    STAFF_ACCESS_TOKEN_TTL_S: number;
    REFRESH_TOKEN_TTL_S: number;
    SESSION_IDLE_S: number;
    REAUTHENTICATE_AFTER_S: number;
    SESSION_ADDRESSES: AddressStorage;
    SESSION_PRUNE_EVERY_S: number;
    SESSION_KEEP_ENDED_S: number;
    PASSWORD_ATTEMPTS_PER_ACCOUNT?: number;
    PASSWORD_ATTEMPTS_ELSEWHERE?: number;
    PASSWORD_ATTEMPTS_PER_ADDRESS?: number;
    PASSWORD_FIRST_DELAY_S: number;
    PASSWORD_MAX_DELAY_S: number;
    PASSWORD_FORGET_AFTER_S: number;
    SESSIONS_PER_USER: number;
    PASSWORD_LIMIT_STORE: 'memory' | 'database';
    FLORIN_ADMIN_EMAIL?: string;
    FLORIN_ADMIN_PASSWORD?: string;
  };

/** This key is public. Production requires its own. */
const DEVELOPMENT_ENCRYPTION_KEY = Buffer.from('florin-keys-only-for-development').toString('base64');
const KEY_BYTES = 32;
/** Development has no limits, so that load tests on one machine do not hit any. */
const PRODUCTION_ATTEMPTS = { account: 5, elsewhere: 100, address: 50 };
const MAX_ACCESS_TOKEN_TTL_S = 3600;

/** Each description becomes a line of `.env.example`. */
const authSettings = {
  ...shopSetting,
  AUTH_PORT: Joi.number().port().default(3001).description('Port of the auth service (default 3001)'),
  AUTH_DATABASE_URL: databaseUrl()
    .required()
    .description("Address of auth's database: mysql://user:password@host:port/florin_auth"),
  AUTH_KEY_ENCRYPTION_KEY: Joi.string()
    .custom((value: string, helpers) => (isKey(value) ? value : helpers.error('any.invalid')))
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required(),
      otherwise: Joi.string().default(DEVELOPMENT_ENCRYPTION_KEY),
    })
    .description(
      'Key that encrypts the signing keys in the database: 32 random bytes in base64 (openssl rand -base64 32). Required in production',
    )
    .meta({ isSecret: true }),
  AUTH_KEY_ENCRYPTION_KEY_PREVIOUS: Joi.string()
    .custom((value: string, helpers) => (isKey(value) ? value : helpers.error('any.invalid')))
    .description(
      'Former AUTH_KEY_ENCRYPTION_KEY, which still opens signing keys until npm run auth:rotate-encryption-key has run (default: none)',
    )
    .meta({ isSecret: true }),
  SIGNING_ALGORITHM: Joi.string()
    .valid(...signingAlgorithms)
    .default('RS256')
    .description(
      'Algorithm of new signing keys: RS256 (RSA-3072) or ES256 (default RS256). npm run auth:rotate-key makes the next key. Set ES256 after all services run a release that accepts it',
    ),
  STAFF_ACCESS_TOKEN_TTL_S: wholeNumber()
    .min(10)
    .max(MAX_ACCESS_TOKEN_TTL_S)
    .default(300)
    .description(
      'Lifetime of an access token of staff and admins in seconds (default 300). ACCESS_TOKEN_TTL_S applies where it is lower',
    ),
  REFRESH_TOKEN_TTL_S: wholeNumber()
    .min(60)
    .default(30 * 24 * 3600)
    .description('Lifetime of a session in seconds, from sign-in (default 2592000, 30 days)'),
  SESSION_IDLE_S: wholeNumber()
    .min(Joi.ref('ACCESS_TOKEN_TTL_S'))
    .default(7 * 24 * 3600)
    .description(
      'Seconds without a refresh after which a session ends (default 604800, 7 days). At least ACCESS_TOKEN_TTL_S, since clients refresh when the access token expires',
    ),
  REAUTHENTICATE_AFTER_S: wholeNumber()
    .min(0)
    .default(900)
    .description(
      'Seconds after sign-in in which a user may end other sessions without the password (default 900). Later the request needs currentPassword',
    ),
  SESSION_ADDRESSES: Joi.string()
    .valid('plain', 'hashed')
    .default('plain')
    .description(
      'How auth stores the IP addresses of sessions and sign-ins: plain or hashed (default plain). Users then see hashes, which are keyed with CURSOR_KEY',
    ),
  SESSION_PRUNE_EVERY_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(3600)
    .description('Seconds between two deletions of old sessions (default 3600)'),
  SESSION_KEEP_ENDED_S: wholeNumber()
    .min(MAX_ACCESS_TOKEN_TTL_S)
    .default(24 * 3600)
    .description('Seconds that a session is kept after it ended or expired (default 86400)'),
  PASSWORD_ATTEMPTS_PER_ACCOUNT: wholeNumber()
    .min(0)
    .description(
      `Maximum number of wrong passwords for one account from one IP address without a pause; 0: no limit (default ${PRODUCTION_ATTEMPTS.account} in production, 0 in development)`,
    ),
  PASSWORD_ATTEMPTS_ELSEWHERE: wholeNumber()
    .min(0)
    .description(
      `Maximum number of wrong passwords for one account, from all IP addresses that it has not been signed in from in the last 30 days, without a pause; 0: no limit (default ${PRODUCTION_ATTEMPTS.elsewhere} in production, 0 in development)`,
    ),
  PASSWORD_ATTEMPTS_PER_ADDRESS: wholeNumber()
    .min(0)
    .description(
      `Maximum number of wrong passwords from one IP address without a pause; 0: no limit (default ${PRODUCTION_ATTEMPTS.address} in production, 0 in development)`,
    ),
  PASSWORD_FIRST_DELAY_S: wholeNumber()
    .min(1)
    .max(3600)
    .default(1)
    .description(
      'Seconds of the pause after the first wrong password beyond the limit (default 1). Each further one doubles the pause',
    ),
  PASSWORD_MAX_DELAY_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(900)
    .description('Maximum pause after a wrong password, in seconds (default 900)')
    .meta({ formerName: 'PASSWORD_LONGEST_DELAY_S' }),
  PASSWORD_FORGET_AFTER_S: wholeNumber()
    .min(1)
    .max(24 * 86_400)
    .default(86_400)
    .description('Seconds after the first wrong password when the count starts again at 0 (default 86400)'),
  SESSIONS_PER_USER: wholeNumber()
    .min(1)
    .max(1000)
    .default(100)
    .description('Maximum number of sessions of one user (default 100). Beyond it, a sign-in ends the oldest'),
  PASSWORD_LIMIT_STORE: Joi.string()
    .valid('memory', 'database')
    .default('memory')
    .description(
      'Where wrong passwords are counted: memory or database (default memory). Several instances of auth need database',
    ),
  FLORIN_ADMIN_EMAIL: knownEmailField.description(
    `E-mail address of the first admin, created at the first start and never again (default ${demoAccounts.admin.email} in development, none in production)`,
  ),
  FLORIN_ADMIN_PASSWORD: newPasswordField
    .custom(rejectWeak)
    .description(
      'Password of the first admin, read once, when it is created. Goes with FLORIN_ADMIN_EMAIL; production has no default',
    )
    .meta({ isSecret: true }),
};

export const settings = Joi.object<AuthSettings>({ ...processSettings, ...authSettings }).and(
  'FLORIN_ADMIN_EMAIL',
  'FLORIN_ADMIN_PASSWORD',
);

export type AuthConfig = ProcessConfig & {
  port: number;
  databaseUrl: string;
  /** Warnings for the log about settings with former names. */
  settingWarnings: readonly string[];
  /** Whether contacts are published. The release before publishes none. */
  isShopOn: boolean;
  keyEncryptionKeys: EncryptionKeys;
  signingAlgorithm: SigningAlgorithm;
  accessTokenTtlS: number;
  staffTokenTtlS: number;
  sessionTtlS: number;
  sessionIdleS: number;
  reauthenticateAfterS: number;
  sessionAddresses: AddressStorage;
  maxSessions: number;
  sessionPruning: PruningOptions;
  passwordLimits: Omit<PasswordLimitOptions, 'store'> & { isShared: boolean };
  firstAdmin: { email: string; password: string } | undefined;
};

/** @throws SettingsError */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): AuthConfig {
  const read = readSettings(settings, environment);
  const common = processConfig(read);
  return {
    ...common,
    port: read.AUTH_PORT,
    databaseUrl: withDatabaseTls(read.AUTH_DATABASE_URL, common.databaseTls),
    settingWarnings: renamedSettings(settings, environment),
    isShopOn: read.SHOP === 'on',
    keyEncryptionKeys: encryptionKeysOf(read),
    signingAlgorithm: read.SIGNING_ALGORITHM,
    accessTokenTtlS: read.ACCESS_TOKEN_TTL_S,
    staffTokenTtlS: read.STAFF_ACCESS_TOKEN_TTL_S,
    sessionTtlS: read.REFRESH_TOKEN_TTL_S,
    sessionIdleS: read.SESSION_IDLE_S,
    reauthenticateAfterS: read.REAUTHENTICATE_AFTER_S,
    sessionAddresses: read.SESSION_ADDRESSES,
    maxSessions: read.SESSIONS_PER_USER,
    sessionPruning: { everyS: read.SESSION_PRUNE_EVERY_S, keepEndedS: read.SESSION_KEEP_ENDED_S },
    passwordLimits: passwordLimitsOf(read),
    firstAdmin: firstAdminOf(read),
  };
}

function passwordLimitsOf(read: AuthSettings): AuthConfig['passwordLimits'] {
  const preset = read.NODE_ENV === 'production' ? PRODUCTION_ATTEMPTS : { account: 0, elsewhere: 0, address: 0 };
  return {
    freeAttempts: {
      account: read.PASSWORD_ATTEMPTS_PER_ACCOUNT ?? preset.account,
      elsewhere: read.PASSWORD_ATTEMPTS_ELSEWHERE ?? preset.elsewhere,
      address: read.PASSWORD_ATTEMPTS_PER_ADDRESS ?? preset.address,
    },
    firstDelayS: read.PASSWORD_FIRST_DELAY_S,
    maxDelayS: read.PASSWORD_MAX_DELAY_S,
    forgetAfterS: read.PASSWORD_FORGET_AFTER_S,
    isShared: read.PASSWORD_LIMIT_STORE === 'database',
  };
}

function encryptionKeysOf({ AUTH_KEY_ENCRYPTION_KEY: current, AUTH_KEY_ENCRYPTION_KEY_PREVIOUS: previous }: AuthSettings) {
  return {
    current: Buffer.from(current, 'base64'),
    previous: previous === undefined ? undefined : Buffer.from(previous, 'base64'),
  };
}

function rejectWeak(password: string, helpers: CustomHelpers): string | ErrorReport {
  const fault = passwordFault(password);
  return fault === undefined ? password : helpers.message({ custom: `{{#label}} ${fault}` });
}

function firstAdminOf({ NODE_ENV, FLORIN_ADMIN_EMAIL: email, FLORIN_ADMIN_PASSWORD: password }: AuthSettings) {
  if (email !== undefined && password !== undefined) return { email, password };
  return NODE_ENV === 'production' ? undefined : demoAccounts.admin;
}

function isKey(value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === value;
}
