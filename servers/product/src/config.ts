import { type ProcessConfig, type ProcessSettings, processConfig, processSettings, readSettings } from '@florin/runtime';
import Joi from 'joi';

type Settings = ProcessSettings & {
  PRODUCT_PORT: number;
  PRODUCT_DATABASE_URL: string;
  PURCHASE_TIMEOUT_S: number;
  PURCHASE_BATCH_SIZE: number;
  PURCHASE_MOST_WAITING: number;
};

export const settings = Joi.object<Settings, true>({
  ...processSettings,
  PRODUCT_PORT: Joi.number().port().default(3002).description('port of the product service'),
  PRODUCT_DATABASE_URL: Joi.string()
    .uri({ scheme: 'mysql' })
    .required()
    .description('mysql://user:password@host:port/florin_product'),
  PURCHASE_TIMEOUT_S: Joi.number().integer().min(1).default(900).description('a purchase not decided by then is cancelled'),
  PURCHASE_BATCH_SIZE: Joi.number()
    .integer()
    .min(1)
    .max(256)
    .default(128)
    .description('most purchases that are taken in one transaction'),
  PURCHASE_MOST_WAITING: Joi.number()
    .integer()
    .min(1)
    .default(256)
    .description('so many purchases may wait for their transaction before further ones get 503'),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  purchaseTimeoutS: number;
  purchaseBatchSize: number;
  purchaseMostWaiting: number;
};

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readSettings(settings, environment);
  return {
    ...processConfig(read),
    port: read.PRODUCT_PORT,
    databaseUrl: read.PRODUCT_DATABASE_URL,
    purchaseTimeoutS: read.PURCHASE_TIMEOUT_S,
    purchaseBatchSize: read.PURCHASE_BATCH_SIZE,
    purchaseMostWaiting: read.PURCHASE_MOST_WAITING,
  };
}
