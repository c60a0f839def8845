import { randomInt } from 'node:crypto';
import { createCounter, createGauge, createHistogram, createPeriodicJob } from '@florin/runtime';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createDecoder } from '../decoder/index.ts';
import { openStorage, STORAGE_PARTS } from '../storage/index.ts';
import { deleteFiles } from './delete-files.ts';
import { deleteOrphans } from './delete-orphans.ts';
import { eraseOwners } from './erase-owners.ts';
import { findMissingFiles } from './find-missing-files.ts';
import { createImageSizes } from './image-sizes.ts';
import { imageInvariants } from './invariants.ts';
import { measured, outcomes } from './measure-decoder.ts';
import { imageRoutes } from './routes.ts';

const MAX_AGE_MS = 3_600_000;

export function imagesFeature({ config, db, transact, logger, metrics }: ServiceContext<Config>): Feature {
  const { uploads, sweepS } = config;
  const storage = openStorage(config.storage);
  const decoder = createDecoder(config.decoder, logger);
  const durations = createHistogram({
    name: 'florin_image_decode_seconds',
    help: 'Seconds from request to result, including the wait for a decoder, by kind (clean: an upload, derive: a size) and outcome',
    labels: { kind: ['clean', 'derive'], outcome: outcomes },
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  const waiting = createGauge({
    name: 'florin_image_decoder_waiting',
    help: 'Images that wait for a decoder',
    labels: {},
    collect: (gauge) => gauge.set({}, decoder.waiting()),
  });
  const orphans = createCounter({
    name: 'florin_image_orphans_deleted',
    help: 'Images whose files had no row and were deleted',
    labels: {},
  });
  const withoutFile = createGauge({
    name: 'florin_images_without_file',
    help: 'Images whose file was missing in the last walk over all images. Restore the files',
    labels: {},
    maxAgeMs: MAX_AGE_MS,
  });
  const watched = measured(decoder, durations);
  const missing = findMissingFiles(db, storage, (imageId) => logger.error('the file of an image is missing', { imageId }));
  let lastFound: number | undefined;
  let part = randomInt(STORAGE_PARTS);
  const everyMs = sweepS * 1000;
  const job = { logger, metrics, everyMs } as const;
  return {
    name: 'images',
    description: 'Images of products and claims',
    endpoints: imageRoutes({
      db,
      transact,
      storage,
      decoder: watched,
      sizes: createImageSizes({
        storage,
        decoder: watched,
        logger,
        maxUnderWay: config.decoder.maxWaiting + config.decoder.processes,
      }),
      maxPixels: config.decoder.maxPixels,
      claimPhotosPerDay: uploads.claimPhotosPerDay,
      uploadsMax: uploads.max,
      uploadsPerMinute: uploads.perMinute,
    }),
    subscriptions: [{ event: 'user-erased', handle: eraseOwners }],
    jobs: [
      {
        stop() {
          decoder.stop();
          storage.close();
        },
      },
      createPeriodicJob({
        ...job,
        job: 'delete-image-files',
        name: 'delete the files of erased images',
        run: () => deleteFiles(db, storage),
      }),
      createPeriodicJob({
        ...job,
        job: 'delete-image-orphans',
        name: 'delete files without an image',
        async run() {
          orphans.inc({}, await deleteOrphans(db, storage, { part }));
          part = (part + 1) % STORAGE_PARTS;
          return false;
        },
      }),
      createPeriodicJob({
        ...job,
        job: 'check-image-files',
        name: 'look for images without a file',
        async run() {
          lastFound = (await missing.next()) ?? lastFound;
          // Set at each step: a walk over many images takes longer than the gauge may be old.
          if (lastFound !== undefined) withoutFile.set({}, lastFound);
          return false;
        },
      }),
    ],
    invariants: imageInvariants,
    metrics: [durations, waiting, orphans, withoutFile],
  };
}
