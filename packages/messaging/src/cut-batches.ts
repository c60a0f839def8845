import { cutSets } from './cut-sets.ts';

export type Sized = {
  /** Bytes of the value. */
  bytes: number;
  message_key: Buffer;
};

/** Bytes of a record batch before its first record. */
const BATCH_OVERHEAD_BYTES = 61;
/** Bytes of a record besides key and value: lengths, deltas and the content-type header, at most 86. */
const RECORD_OVERHEAD_BYTES = 96;

/**
 * Cuts rows, in order, into batches of at most `maxBytes` bytes, as the broker counts them without compression. The maximum
 * covers all partitions of a batch together, so it holds for each of them, whatever their keys.
 */
export function cutBatches<Row extends Sized>(rows: readonly Row[], maxBytes: number): Row[][] {
  return cutSets(rows, {
    maxBytes: maxBytes - BATCH_OVERHEAD_BYTES,
    bytesOf: ({ bytes, message_key }) => RECORD_OVERHEAD_BYTES + message_key.length + bytes,
  });
}
