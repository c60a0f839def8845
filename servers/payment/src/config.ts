import {
  type ProcessConfig,
  type ProcessSettings,
  processConfig,
  processSettings,
  readSettings,
  renamedSettings,
  type TopUpProviderName,
  type TopUpProviderSetting,
  topUpProviderOf,
  topUpProviderSetting,
} from '@florin/runtime';
import { amountMinor, databaseUrl, wholeNumber, withDatabaseTls } from '@florin/values';
import Joi from 'joi';

const DEVELOPMENT_OPENING_CREDIT_MINOR = 1_000_000;
/** Sums of a wallet are exact up to 2^53 - 1, some nine thousand times this. */
const DEFAULT_MAX_MINOR = 1_000_000_000_000;

type PaymentSettings = ProcessSettings &
  TopUpProviderSetting & {
    PAYMENT_PORT: number;
    PAYMENT_DATABASE_URL: string;
    WALLET_OPENING_CREDIT_MINOR?: number;
    WALLET_SPEND_LIMIT_MINOR: number;
    LEDGER_PERIOD_S: number;
    HOLD_TTL_S: number;
    TOP_UP_MAX_MINOR: number;
    TOP_UP_TIMEOUT_MS: number;
    TOP_UP_MAX_PAUSE_S: number;
    ADJUSTMENT_MAX_MINOR: number;
    ADJUSTMENT_REVIEW_ABOVE_MINOR?: number;
    WALLET_SWEEP_MS: number;
  };

export const settings = Joi.object<PaymentSettings, true>({
  ...processSettings,
  PAYMENT_PORT: Joi.number().port().default(3003).description('Port of the payment service (default 3003)'),
  PAYMENT_DATABASE_URL: databaseUrl()
    .required()
    .description("Address of payment's database: mysql://user:password@host:port/florin_payment"),
  WALLET_OPENING_CREDIT_MINOR: amountMinor()
    .min(0)
    .description(
      `Balance of a new wallet, in minor units (default ${DEVELOPMENT_OPENING_CREDIT_MINOR} in development, 0 in production)`,
    ),
  WALLET_SPEND_LIMIT_MINOR: amountMinor()
    .min(0)
    .default(1_000_000)
    .description('Maximum amount of one purchase from a new wallet, in minor units (default 1000000)'),
  LEDGER_PERIOD_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(60)
    .description('Seconds between two balance snapshots, which the trial balance starts from (default 60)'),
  HOLD_TTL_S: wholeNumber()
    .min(1)
    .max(2_592_000)
    .default(604_800)
    .description('Lifetime in seconds of a hold whose request names none (default 604800, 7 days). Then the hold is released'),
  ...topUpProviderSetting,
  TOP_UP_MAX_MINOR: amountMinor()
    .min(1)
    .default(DEFAULT_MAX_MINOR)
    .description('Maximum amount of one top-up, in minor units (default 1000000000000)'),
  TOP_UP_TIMEOUT_MS: wholeNumber()
    .min(100)
    .max(30_000)
    .default(3_000)
    .description(
      'Milliseconds to wait for the provider of a top-up (default 3000). Then the top-up stays pending and the provider is asked again',
    ),
  TOP_UP_MAX_PAUSE_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(3_600)
    .description('Maximum pause between two questions about a pending top-up, in seconds (default 3600)')
    .meta({ formerName: 'TOP_UP_LONGEST_PAUSE_S' }),
  ADJUSTMENT_MAX_MINOR: amountMinor()
    .min(1)
    .default(DEFAULT_MAX_MINOR)
    .description('Maximum amount of one adjustment, in minor units (default 1000000000000)'),
  ADJUSTMENT_REVIEW_ABOVE_MINOR: amountMinor()
    .min(0)
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required(),
    })
    .description(
      'Largest amount of an adjustment that needs no second admin, in minor units; 0: every adjustment needs one (default in development: none does). Required in production',
    ),
  WALLET_SWEEP_MS: wholeNumber()
    .min(50)
    .default(1_000)
    .description('Milliseconds between two searches for expired holds and unfinished top-ups (default 1000)'),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  /** For the log: settings that still have their former names. */
  settingWarnings: readonly string[];
  openingCreditMinor: number;
  spendLimitMinor: number;
  ledgerPeriodS: number;
  holdTtlS: number;
  topUpProvider: TopUpProviderName;
  topUpMaxMinor: number;
  topUpTimeoutMs: number;
  topUpMaxPauseS: number;
  adjustmentMaxMinor: number;
  /** Undefined: no adjustment needs a review. */
  adjustmentReviewAboveMinor: number | undefined;
  walletSweepMs: number;
};

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readSettings(settings, environment);
  const common = processConfig(read);
  const defaultOpeningCreditMinor = common.isProduction ? 0 : DEVELOPMENT_OPENING_CREDIT_MINOR;
  return {
    ...common,
    port: read.PAYMENT_PORT,
    databaseUrl: withDatabaseTls(read.PAYMENT_DATABASE_URL, common.databaseTls),
    settingWarnings: renamedSettings(settings, environment),
    openingCreditMinor: read.WALLET_OPENING_CREDIT_MINOR ?? defaultOpeningCreditMinor,
    spendLimitMinor: read.WALLET_SPEND_LIMIT_MINOR,
    ledgerPeriodS: read.LEDGER_PERIOD_S,
    holdTtlS: read.HOLD_TTL_S,
    topUpProvider: topUpProviderOf(read, common.isProduction),
    topUpMaxMinor: read.TOP_UP_MAX_MINOR,
    topUpTimeoutMs: read.TOP_UP_TIMEOUT_MS,
    topUpMaxPauseS: read.TOP_UP_MAX_PAUSE_S,
    adjustmentMaxMinor: read.ADJUSTMENT_MAX_MINOR,
    adjustmentReviewAboveMinor: read.ADJUSTMENT_REVIEW_ABOVE_MINOR,
    walletSweepMs: read.WALLET_SWEEP_MS,
  };
}
