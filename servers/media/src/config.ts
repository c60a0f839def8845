import {
  type ProcessConfig,
  type ProcessSettings,
  processConfig,
  processSettings,
  readSettings,
  renamedSettings,
} from '@florin/runtime';
import { databaseUrl, url, wholeNumber, withDatabaseTls } from '@florin/values';
import Joi from 'joi';
import type { DecoderBounds } from './decoder/index.ts';
import type { StorageOptions } from './storage/index.ts';

type MediaSettings = ProcessSettings & {
  MEDIA_PORT: number;
  MEDIA_DATABASE_URL: string;
  MEDIA_STORAGE: StorageOptions['kind'];
  MEDIA_DIRECTORY: string;
  MEDIA_S3_BUCKET?: string;
  MEDIA_S3_REGION: string;
  MEDIA_S3_ENDPOINT?: string;
  MEDIA_S3_FORCE_PATH_STYLE: boolean;
  MEDIA_S3_ACCESS_KEY_ID?: string;
  MEDIA_S3_SECRET_ACCESS_KEY?: string;
  MEDIA_SWEEP_S: number;
  IMAGE_UPLOADS_MAX: number;
  IMAGE_UPLOADS_PER_MIN?: number;
  IMAGE_CLAIM_PHOTOS_PER_DAY: number;
  IMAGE_MAX_PIXELS: number;
  IMAGE_DECODERS: number;
  IMAGE_DECODER_MAX_WAITING: number;
  IMAGE_DECODER_TIMEOUT_MS: number;
  IMAGE_DECODER_MAX_MB: number;
};

/** Development has no limit, so that a local load test meets none. */
const PRODUCTION_UPLOADS_PER_MIN = 60;

/** Required if the images are in S3. */
const ofS3 = (schema: Joi.StringSchema): Joi.StringSchema =>
  // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
  schema.when('MEDIA_STORAGE', { is: 's3', then: Joi.required() });

export const settings = Joi.object<MediaSettings, true>({
  ...processSettings,
  MEDIA_PORT: Joi.number().port().default(3005).description('Port of the media service (default 3005)'),
  MEDIA_DATABASE_URL: databaseUrl()
    .required()
    .description("Address of media's database: mysql://user:password@host:port/florin_media"),
  MEDIA_STORAGE: Joi.string()
    .valid('directory', 's3')
    .default('directory')
    .description(
      'Where the files of images are: directory or s3 (default directory). Several instances on several machines need s3, or a directory that they share',
    ),
  MEDIA_DIRECTORY: Joi.string()
    .default('.florin/media')
    .description('Directory of the files of images, with MEDIA_STORAGE=directory (default .florin/media)'),
  MEDIA_S3_BUCKET: ofS3(Joi.string().max(255)).description(
    'Bucket of the files of images; required with MEDIA_STORAGE=s3 (default: none)',
  ),
  MEDIA_S3_REGION: Joi.string().default('us-east-1').description('Region of the bucket (default us-east-1)'),
  MEDIA_S3_ENDPOINT: url().description("Address of an S3 server other than Amazon's (default: Amazon's)"),
  MEDIA_S3_FORCE_PATH_STYLE: Joi.boolean()
    .default(false)
    .description(
      'true: the bucket is in the path, not in the host name, as most S3 servers other than Amazon need it (default false)',
    ),
  MEDIA_S3_ACCESS_KEY_ID: ofS3(Joi.string().max(255))
    .description('Access key of the bucket; required with MEDIA_STORAGE=s3 (default: none)')
    .meta({ isSecret: true }),
  MEDIA_S3_SECRET_ACCESS_KEY: ofS3(Joi.string().max(255))
    .description('Secret of the access key; required with MEDIA_STORAGE=s3 (default: none)')
    .meta({ isSecret: true }),
  MEDIA_SWEEP_S: wholeNumber()
    .min(1)
    .max(86_400)
    .default(60)
    .description(
      'Seconds between two looks for files of erased images, and for files without an image (default 60). Each look for the latter checks one of 256 parts of the storage',
    ),
  IMAGE_UPLOADS_MAX: wholeNumber()
    .min(1)
    .max(1_000)
    .default(4)
    .description(
      'Maximum number of uploads at the same time in one instance (default 4). Each takes up to 60 MB of memory. Beyond it, requests get 503',
    ),
  IMAGE_UPLOADS_PER_MIN: wholeNumber()
    .min(0)
    .description(
      `Maximum number of uploads of one user per minute and instance; 0: no limit (default ${PRODUCTION_UPLOADS_PER_MIN} in production, 0 in development). Beyond it, requests get 429`,
    ),
  IMAGE_CLAIM_PHOTOS_PER_DAY: wholeNumber()
    .min(1)
    .max(1_000)
    .default(20)
    .description('Maximum number of new claim photos of one user in 24 hours (default 20). Beyond it, requests get 429'),
  IMAGE_MAX_PIXELS: wholeNumber()
    .min(1)
    .max(200_000_000)
    .default(50_000_000)
    .description('Maximum number of pixels of an uploaded image (default 50000000). Beyond it, requests get 422'),
  IMAGE_DECODERS: wholeNumber()
    .min(1)
    .max(64)
    .default(2)
    .description('Number of processes of one instance that decode images (default 2)'),
  IMAGE_DECODER_MAX_WAITING: wholeNumber()
    .min(1)
    .max(10_000)
    .default(32)
    .description('Maximum number of images waiting for a decoder (default 32). Beyond it, requests get 503'),
  IMAGE_DECODER_TIMEOUT_MS: wholeNumber()
    .min(100)
    .max(600_000)
    .default(30_000)
    .description(
      'Milliseconds after which a decoder is ended (default 30000). The upload of the image gets 422, the request of a size 503',
    ),
  IMAGE_DECODER_MAX_MB: wholeNumber()
    .min(128)
    .max(65_536)
    .default(1_024)
    .description('Memory of a decoder in megabytes, beyond which it is ended (default 1024). The upload of the image gets 422'),
});

export type Config = ProcessConfig & {
  port: number;
  databaseUrl: string;
  /** For the log: settings that still have their former names. */
  settingWarnings: readonly string[];
  storage: StorageOptions;
  sweepS: number;
  uploads: { max: number; perMinute: number; claimPhotosPerDay: number };
  decoder: DecoderBounds;
};

/** @throws SettingsError */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = readSettings(settings, environment);
  const common = processConfig(read);
  return {
    ...common,
    port: read.MEDIA_PORT,
    databaseUrl: withDatabaseTls(read.MEDIA_DATABASE_URL, common.databaseTls),
    settingWarnings: renamedSettings(settings, environment),
    storage: storageOf(read),
    sweepS: read.MEDIA_SWEEP_S,
    uploads: {
      max: read.IMAGE_UPLOADS_MAX,
      perMinute: read.IMAGE_UPLOADS_PER_MIN ?? (common.isProduction ? PRODUCTION_UPLOADS_PER_MIN : 0),
      claimPhotosPerDay: read.IMAGE_CLAIM_PHOTOS_PER_DAY,
    },
    decoder: {
      processes: read.IMAGE_DECODERS,
      maxWaiting: read.IMAGE_DECODER_MAX_WAITING,
      timeoutMs: read.IMAGE_DECODER_TIMEOUT_MS,
      maxMb: read.IMAGE_DECODER_MAX_MB,
      maxPixels: read.IMAGE_MAX_PIXELS,
    },
  };
}

function storageOf(read: MediaSettings): StorageOptions {
  if (read.MEDIA_STORAGE === 'directory') return { kind: 'directory', directory: read.MEDIA_DIRECTORY };
  return {
    kind: 's3',
    bucket: read.MEDIA_S3_BUCKET ?? '',
    region: read.MEDIA_S3_REGION,
    endpoint: read.MEDIA_S3_ENDPOINT,
    forcePathStyle: read.MEDIA_S3_FORCE_PATH_STYLE,
    accessKeyId: read.MEDIA_S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: read.MEDIA_S3_SECRET_ACCESS_KEY ?? '',
  };
}
