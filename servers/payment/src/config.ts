import { type ProcessConfig, type ProcessSettings, processConfig, processSettings, readSettings } from '@florin/runtime';
import Joi from 'joi';

const DEVELOPMENT_OPENING_CREDIT_MINOR = 1_000_000;

type PaymentSettings = ProcessSettings & {
  PAYMENT_PORT: number;
  PAYMENT_DATABASE_URL: string;
  WALLET_OPENING_CREDIT_MINOR?: number;
  WALLET_SPEND_LIMIT_MINOR: number;
  LEDGER_PERIOD_S: number;
};

export const settings = Joi.object<PaymentSettings, true>({
  ...processSettings,
  PAYMENT_PORT: Joi.number().port().default(3003).description('port of the payment service'),
  PAYMENT_DATABASE_URL: Joi.string()
    .uri({ scheme: 'mysql' })
    .required()
    .description('mysql://user:password@host:port/florin_payment'),
  WALLET_OPENING_CREDIT_MINOR: Joi.number()
    .integer()
    .min(0)
    .description(`what a new wallet holds; by default ${DEVELOPMENT_OPENING_CREDIT_MINOR} in development and 0 in production`),
  WALLET_SPEND_LIMIT_MINOR: Joi.number()
    .integer()
    .min(0)
    .default(1_000_000)
    .description('the most that one purchase from a new wallet may cost'),
  LEDGER_PERIOD_S: Joi.number()
    .integer()
    .min(1)
    .max(86_400)
    .default(60)
    .description('so often what was posted to the accounts is added up, which the trial balance starts from'),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  openingCreditMinor: number;
  spendLimitMinor: number;
  ledgerPeriodS: number;
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
  };
}
