import { cutSets } from './cut-sets.ts';

export type Sized = {
  /** Of the value. */
  bytes: number;
  message_key: Buffer;
};

/** What a record batch has before its first record. */
const BATCH_OVERHEAD_BYTES = 61;
/** What a record has beside key and value: lengths, deltas and the header with the content type, 86 at most. */
const RECORD_OVERHEAD_BYTES = 96;

/**
 * Cuts rows, in their order, into batches of so many bytes, as the broker counts them without compression. The bound is for all
 * partitions of a batch together, so it holds for each of them, however the keys are spread.
 */
export function cutBatches<Row extends Sized>(rows: readonly Row[], maxBytes: number): Row[][] {
  return cutSets(rows, {
    maxBytes: maxBytes - BATCH_OVERHEAD_BYTES,
    bytesOf: ({ bytes, message_key }) => RECORD_OVERHEAD_BYTES + message_key.length + bytes,
  });
}
