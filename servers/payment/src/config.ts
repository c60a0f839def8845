import { type ProcessConfig, type ProcessSettings, processConfig, processSettings, readSettings } from '@florin/runtime';
import { amountMinor, databaseUrl, wholeNumber } from '@florin/values';
import Joi from 'joi';

const DEVELOPMENT_OPENING_CREDIT_MINOR = 1_000_000;
/** Sums of a wallet are exact up to 2^53 - 1, some nine thousand times this. */
const DEFAULT_MAX_MINOR = 1_000_000_000_000;

type TopUpProviderName = 'none' | 'sandbox';

type PaymentSettings = ProcessSettings & {
  PAYMENT_PORT: number;
  PAYMENT_DATABASE_URL: string;
  WALLET_OPENING_CREDIT_MINOR?: number;
  WALLET_SPEND_LIMIT_MINOR: number;
  LEDGER_PERIOD_S: number;
  HOLD_TTL_S: number;
  TOP_UP_PROVIDER?: TopUpProviderName;
  TOP_UP_MAX_MINOR: number;
  TOP_UP_TIMEOUT_MS: number;
  TOP_UP_LONGEST_PAUSE_S: number;
  ADJUSTMENT_MAX_MINOR: number;
  WALLET_SWEEP_MS: number;
};

export const settings = Joi.object<PaymentSettings, true>({
  ...processSettings,
  PAYMENT_PORT: Joi.number().port().default(3003).description('port of the payment service'),
  PAYMENT_DATABASE_URL: databaseUrl().required().description('mysql://user:password@host:port/florin_payment'),
  WALLET_OPENING_CREDIT_MINOR: amountMinor()
    .min(0)
    .description(`what a new wallet holds; by default ${DEVELOPMENT_OPENING_CREDIT_MINOR} in development and 0 in production`),
  WALLET_SPEND_LIMIT_MINOR: amountMinor()
    .min(0)
    .default(1_000_000)
    .description('the most that one purchase from a new wallet may cost'),
  LEDGER_PERIOD_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(60)
    .description('so often what was posted to the accounts is added up, which the trial balance starts from'),
  HOLD_TTL_S: wholeNumber()
    .min(1)
    .max(2_592_000)
    .default(604_800)
    .description('a hold that names no time to live is released by itself after so many seconds'),
  TOP_UP_PROVIDER: Joi.string()
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.valid('none'),
      otherwise: Joi.valid('none', 'sandbox'),
    })
    .description(
      'where the money of top-ups comes from; by default sandbox, which has none, in development and none in production',
    ),
  TOP_UP_MAX_MINOR: amountMinor().min(1).default(DEFAULT_MAX_MINOR).description('largest amount of one top-up, in minor units'),
  TOP_UP_TIMEOUT_MS: wholeNumber()
    .min(100)
    .max(30_000)
    .default(3_000)
    .description('the longest that the provider of a top-up is waited for; then it stays pending and is asked again'),
  TOP_UP_LONGEST_PAUSE_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(3_600)
    .description('a pending top-up is asked after again and again, at growing pauses of at most so many seconds'),
  ADJUSTMENT_MAX_MINOR: amountMinor()
    .min(1)
    .default(DEFAULT_MAX_MINOR)
    .description('largest amount that one adjustment gives or takes, in minor units'),
  WALLET_SWEEP_MS: wholeNumber()
    .min(50)
    .default(1_000)
    .description('how often holds whose time is up, and unfinished top-ups, are looked for'),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  openingCreditMinor: number;
  spendLimitMinor: number;
  ledgerPeriodS: number;
  holdTtlS: number;
  topUpProvider: TopUpProviderName;
  topUpMaxMinor: number;
  topUpTimeoutMs: number;
  topUpLongestPauseS: number;
  adjustmentMaxMinor: number;
  walletSweepMs: number;
};

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readSettings(settings, environment);
  const common = processConfig(read);
  const defaultOpeningCreditMinor = common.isProduction ? 0 : DEVELOPMENT_OPENING_CREDIT_MINOR;
  return {
    ...common,
    port: read.PAYMENT_PORT,
    databaseUrl: read.PAYMENT_DATABASE_URL,
    openingCreditMinor: read.WALLET_OPENING_CREDIT_MINOR ?? defaultOpeningCreditMinor,
    spendLimitMinor: read.WALLET_SPEND_LIMIT_MINOR,
    ledgerPeriodS: read.LEDGER_PERIOD_S,
    holdTtlS: read.HOLD_TTL_S,
    topUpProvider: read.TOP_UP_PROVIDER ?? (common.isProduction ? 'none' : 'sandbox'),
    topUpMaxMinor: read.TOP_UP_MAX_MINOR,
    topUpTimeoutMs: read.TOP_UP_TIMEOUT_MS,
    topUpLongestPauseS: read.TOP_UP_LONGEST_PAUSE_S,
    adjustmentMaxMinor: read.ADJUSTMENT_MAX_MINOR,
    walletSweepMs: read.WALLET_SWEEP_MS,
  };
}
