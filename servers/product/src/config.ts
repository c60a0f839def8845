import { type ProcessConfig, type ProcessSettings, processConfig, processSettings, readSettings } from '@florin/runtime';
import { databaseUrl, wholeNumber } from '@florin/values';
import Joi from 'joi';

type Settings = ProcessSettings & {
  PRODUCT_PORT: number;
  PRODUCT_DATABASE_URL: string;
  PURCHASE_TIMEOUT_S: number;
  PURCHASE_BATCH_SIZE: number;
  PURCHASE_MOST_WAITING: number;
  IMPORT_MOST_BYTES: number;
  IMPORT_MOST_ROWS: number;
  IMPORT_STALL_MS: number;
  IMPORTS_AT_ONCE: number;
  IMPORT_KEEP_ROWS_DAYS: number;
  IMPORT_PRUNE_EVERY_S: number;
};

export const settings = Joi.object<Settings, true>({
  ...processSettings,
  PRODUCT_PORT: Joi.number().port().default(3002).description('port of the product service'),
  PRODUCT_DATABASE_URL: databaseUrl().required().description('mysql://user:password@host:port/florin_product'),
  PURCHASE_TIMEOUT_S: wholeNumber().min(1).default(900).description('a purchase not decided by then is cancelled'),
  PURCHASE_BATCH_SIZE: wholeNumber().min(1).max(256).default(128).description('most purchases that are taken in one transaction'),
  PURCHASE_MOST_WAITING: wholeNumber()
    .min(1)
    .default(128)
    .description('so many purchases may wait for their transaction before further ones get 503'),
  IMPORT_MOST_BYTES: wholeNumber()
    .min(1_000)
    .default(200 * 1024 * 1024)
    .description('the largest file of products that is taken'),
  IMPORT_MOST_ROWS: wholeNumber().min(1).default(100_000).description('most rows of a file of products'),
  IMPORT_STALL_MS: wholeNumber()
    .min(100)
    .default(30_000)
    .description('an import is given up when nothing of its file comes for so long'),
  IMPORTS_AT_ONCE: wholeNumber()
    .min(1)
    .max(100)
    .default(2)
    .description('so many imports may be under way in one instance before further ones get 503'),
  IMPORT_KEEP_ROWS_DAYS: wholeNumber()
    .min(1)
    .max(36_500)
    .default(90)
    .description('what became of each row of a file is kept so long; how the file went as a whole is kept for ever'),
  IMPORT_PRUNE_EVERY_S: wholeNumber().min(1).max(86_400).default(3600).description('how often the rows of old files are pruned'),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  purchaseTimeoutS: number;
  purchaseBatchSize: number;
  purchaseMostWaiting: number;
  imports: { mostBytes: number; mostRows: number; stallMs: number; mostAtOnce: number };
  importPruning: { everyS: number; keepDays: number };
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
    imports: {
      mostBytes: read.IMPORT_MOST_BYTES,
      mostRows: read.IMPORT_MOST_ROWS,
      stallMs: read.IMPORT_STALL_MS,
      mostAtOnce: read.IMPORTS_AT_ONCE,
    },
    importPruning: { everyS: read.IMPORT_PRUNE_EVERY_S, keepDays: read.IMPORT_KEEP_ROWS_DAYS },
  };
}
