import {
  type ProcessConfig,
  type ProcessSettings,
  processConfig,
  processSettings,
  readSettings,
  renamedSettings,
  type ShopSetting,
  shopSetting,
  type TopUpProviderSetting,
  topUpProviderOf,
  topUpProviderSetting,
} from '@florin/runtime';
import { amountMinor, databaseUrl, percent, wholeNumber, withDatabaseTls } from '@florin/values';
import Joi from 'joi';
import { localesSetting, publicUrlSetting } from './shop/index.ts';

type Settings = ProcessSettings &
  TopUpProviderSetting &
  ShopSetting & {
    PRODUCT_PORT: number;
    PRODUCT_DATABASE_URL: string;
    CART_TTL_S: number;
    SHOP_LOCALES: string;
    PUBLIC_URL?: string;
    CLAIM_DAYS: number;
    REFUND_REVIEW_ABOVE_MINOR: number;
    TAX_RATE_PERCENT: number;
    PURCHASE_TIMEOUT_S: number;
    PURCHASE_BATCH_SIZE: number;
    PURCHASE_MAX_WAITING: number;
    PURCHASES_UNDECIDED_MAX: number;
    IMPORT_MAX_BYTES: number;
    IMPORT_MAX_ROWS: number;
    IMPORT_STALL_MS: number;
    IMPORT_CONCURRENCY: number;
    IMPORT_USER_CONCURRENCY: number;
    IMPORT_FAILURES_PER_MIN: number;
    IMPORT_KEEP_ROWS_DAYS: number;
    IMPORT_PRUNE_EVERY_S: number;
    IMPORT_MAX_BAD_ROWS: number;
    SEARCH_CONCURRENCY: number;
    SEARCH_MAX_WAITING: number;
    SEARCH_TIMEOUT_MS: number;
    SEARCH_ADDRESS_PER_MIN?: number;
  };

/** Development has no limit, so that a local load test meets none. */
const PRODUCTION_SEARCHES_PER_MIN = 60;

export const settings = Joi.object<Settings, true>({
  ...processSettings,
  PRODUCT_PORT: Joi.number().port().default(3002).description('Port of the product service (default 3002)'),
  PRODUCT_DATABASE_URL: databaseUrl()
    .required()
    .description("Address of product's database: mysql://user:password@host:port/florin_product"),
  ...shopSetting,
  CART_TTL_S: wholeNumber()
    .min(1)
    .max(315_360_000)
    .default(2_592_000)
    .description('Seconds after its last change until a cart is deleted (default 2592000, 30 days)'),
  SHOP_LOCALES: localesSetting()
    .default('en,de,es,pt-BR')
    .description('Languages of the shop as BCP 47 tags, the default one first (default en,de,es,pt-BR)'),
  PUBLIC_URL: publicUrlSetting().description(
    'Public address of the shop, such as https://shop.example, for the sitemap (default: the address of the request, as the trusted proxy says)',
  ),
  CLAIM_DAYS: wholeNumber()
    .min(0)
    .max(3_650)
    .default(30)
    .description('Days after delivery in which a buyer may claim (default 30)'),
  REFUND_REVIEW_ABOVE_MINOR: amountMinor()
    .min(0)
    .default(50_000)
    .description(
      'Largest partial refund that needs no second member of staff, in minor units; 0: every refund needs one (default 50000)',
    ),
  TAX_RATE_PERCENT: percent()
    .default(0)
    .description('Tax rate of new products that name none, in percent; prices include it (default 0)'),
  ...topUpProviderSetting,
  PURCHASE_TIMEOUT_S: wholeNumber()
    .min(1)
    .default(900)
    .description("Seconds that a purchase waits for payment's decision (default 900). Then it is cancelled"),
  PURCHASE_BATCH_SIZE: wholeNumber()
    .min(1)
    .max(256)
    .default(128)
    .description('Maximum number of purchases in one transaction (default 128)'),
  PURCHASE_MAX_WAITING: wholeNumber()
    .min(1)
    .default(128)
    .description('Maximum number of purchases waiting for a transaction (default 128). Beyond it, requests get 503')
    .meta({ formerName: 'PURCHASE_MOST_WAITING' }),
  PURCHASES_UNDECIDED_MAX: wholeNumber()
    .min(1)
    .default(500)
    .description('Maximum number of undecided purchases of one buyer (default 500). Beyond it, requests get 429'),
  IMPORT_MAX_BYTES: wholeNumber()
    .min(1_000)
    .default(200 * 1024 * 1024)
    .description('Maximum size of an imported file in bytes (default 209715200, 200 MiB). Beyond it, requests get 413')
    .meta({ formerName: 'IMPORT_MOST_BYTES' }),
  IMPORT_MAX_ROWS: wholeNumber()
    .min(1)
    .default(100_000)
    .description('Maximum number of rows of an imported file, empty rows included (default 100000). Beyond it, requests get 413')
    .meta({ formerName: 'IMPORT_MOST_ROWS' }),
  IMPORT_MAX_BAD_ROWS: wholeNumber()
    .min(1)
    .default(1_000)
    .description(
      'Maximum number of rows of an imported file that cannot be read or are invalid (default 1000). Beyond it, the import ends with 422',
    ),
  IMPORT_STALL_MS: wholeNumber()
    .min(100)
    .default(30_000)
    .description('Milliseconds without a byte of the file after which an import is aborted (default 30000)'),
  IMPORT_CONCURRENCY: wholeNumber()
    .min(1)
    .max(100)
    .default(2)
    .description('Maximum number of imports at the same time in one instance (default 2). Beyond it, requests get 503')
    .meta({ formerName: 'IMPORTS_AT_ONCE' }),
  IMPORT_USER_CONCURRENCY: wholeNumber()
    .min(1)
    .max(100)
    .default(1)
    .description(
      'Maximum number of imports of one user at the same time in one instance (default 1). Beyond it, requests get 429',
    ),
  IMPORT_FAILURES_PER_MIN: wholeNumber()
    .min(0)
    .max(100_000)
    .default(10)
    .description(
      'Maximum number of imports of one user per minute and instance that end with a 4xx error (default 10; 0: no limit). Beyond it, requests get 429',
    ),
  IMPORT_KEEP_ROWS_DAYS: wholeNumber()
    .min(1)
    .max(36_500)
    .default(90)
    .description("Days that the results of an import's rows are kept (default 90). Its totals are kept for ever"),
  IMPORT_PRUNE_EVERY_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(3600)
    .description('Seconds between two deletions of old row results (default 3600)'),
  SEARCH_CONCURRENCY: wholeNumber()
    .min(1)
    .max(100)
    .default(4)
    .description(
      'Maximum number of searches for text at the same time in one instance (default 4). They have this number of database connections of their own',
    ),
  SEARCH_MAX_WAITING: wholeNumber()
    .min(1)
    .default(16)
    .description('Maximum number of searches waiting for their turn (default 16). Beyond it, searches get 503'),
  SEARCH_TIMEOUT_MS: wholeNumber()
    .min(10)
    .default(2_000)
    .description('Maximum number of milliseconds of a statement of a search (default 2000). Beyond it, the search gets 503'),
  SEARCH_ADDRESS_PER_MIN: wholeNumber()
    .min(0)
    .description(
      `Maximum number of searches per minute without a token from one IP address to one instance; 0: no limit (default ${PRODUCTION_SEARCHES_PER_MIN} in production, 0 in development). Beyond it, searches get 429`,
    ),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  /** For the log: settings that still have their former names. */
  settingWarnings: readonly string[];
  /** Whether the endpoints of carts, coupons, delivery, claims and partial refunds exist. */
  isShopOn: boolean;
  cartTtlS: number;
  /** Address of the shop, without a slash at its end; undefined: that of each request. */
  publicUrl: string | undefined;
  shop: { locales: string[]; claimDays: number; hasTopUps: boolean };
  /** Largest partial refund that needs no second member of staff. */
  refundReviewAboveMinor: number;
  /** Tax rate of new products that name none. */
  taxRatePercent: number;
  purchaseTimeoutS: number;
  purchaseBatchSize: number;
  purchaseMaxWaiting: number;
  purchasesUndecidedMax: number;
  imports: {
    maxBytes: number;
    maxRows: number;
    maxBadRows: number;
    stallMs: number;
    concurrency: number;
    userConcurrency: number;
    failuresPerMinute: number;
  };
  importPruning: { everyS: number; keepDays: number };
  searches: { concurrency: number; maxWaiting: number; timeoutMs: number; addressPerMinute: number };
};

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readSettings(settings, environment);
  const common = processConfig(read);
  return {
    ...common,
    port: read.PRODUCT_PORT,
    databaseUrl: withDatabaseTls(read.PRODUCT_DATABASE_URL, common.databaseTls),
    settingWarnings: renamedSettings(settings, environment),
    refundReviewAboveMinor: read.REFUND_REVIEW_ABOVE_MINOR,
    taxRatePercent: read.TAX_RATE_PERCENT,
    isShopOn: read.SHOP === 'on',
    cartTtlS: read.CART_TTL_S,
    publicUrl: read.PUBLIC_URL,
    purchaseTimeoutS: read.PURCHASE_TIMEOUT_S,
    shop: {
      locales: read.SHOP_LOCALES.split(','),
      claimDays: read.CLAIM_DAYS,
      hasTopUps: topUpProviderOf(read, common.isProduction) !== 'none',
    },
    purchaseBatchSize: read.PURCHASE_BATCH_SIZE,
    purchaseMaxWaiting: read.PURCHASE_MAX_WAITING,
    purchasesUndecidedMax: read.PURCHASES_UNDECIDED_MAX,
    imports: {
      maxBytes: read.IMPORT_MAX_BYTES,
      maxRows: read.IMPORT_MAX_ROWS,
      maxBadRows: read.IMPORT_MAX_BAD_ROWS,
      stallMs: read.IMPORT_STALL_MS,
      concurrency: read.IMPORT_CONCURRENCY,
      userConcurrency: read.IMPORT_USER_CONCURRENCY,
      failuresPerMinute: read.IMPORT_FAILURES_PER_MIN,
    },
    importPruning: { everyS: read.IMPORT_PRUNE_EVERY_S, keepDays: read.IMPORT_KEEP_ROWS_DAYS },
    searches: {
      concurrency: read.SEARCH_CONCURRENCY,
      maxWaiting: read.SEARCH_MAX_WAITING,
      timeoutMs: read.SEARCH_TIMEOUT_MS,
      addressPerMinute: read.SEARCH_ADDRESS_PER_MIN ?? (read.NODE_ENV === 'production' ? PRODUCTION_SEARCHES_PER_MIN : 0),
    },
  };
}
