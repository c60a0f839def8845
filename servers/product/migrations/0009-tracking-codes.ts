import type { Migration } from '@florin/database';

/** The index by which staff find the purchases of a parcel. */
export const trackingCodes: Migration = {
  name: '0009-tracking-codes',
  up: ['ALTER TABLE purchases ADD KEY purchases_tracking (tracking_code, id)'],
};
