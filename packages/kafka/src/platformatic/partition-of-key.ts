/** Makes a hash positive, as Kafka's `Utils.toPositive` does. */
const POSITIVE = 0x7fffffff;
const SEED = 0x9747b28c;
const FACTOR = 0x5bd1e995;

/**
 * Chooses the partition of a key, as Kafka's `BuiltInPartitioner.partitionForKey` and kafkajs do. Every driver must choose the
 * same one: a key that moves to another partition loses its order. The default of @platformatic/kafka chooses another partition
 * for half of the keys, because it does not clear the sign of the hash.
 */
export function partitionOfKey(key: Buffer, partitions: number): number {
  return (murmur2(key) & POSITIVE) % partitions;
}

/** The hash of `org.apache.kafka.common.utils.Utils.murmur2`: 32 bits with a sign. */
export function murmur2(data: Buffer): number {
  const whole = data.length - (data.length % 4);
  let hash = SEED ^ data.length;
  for (let at = 0; at < whole; at += 4) {
    let block = Math.imul(data.readInt32LE(at), FACTOR);
    block = Math.imul(block ^ (block >>> 24), FACTOR);
    hash = Math.imul(hash, FACTOR) ^ block;
  }
  if (whole < data.length) hash = Math.imul(hash ^ data.readUIntLE(whole, data.length - whole), FACTOR);
  hash = Math.imul(hash ^ (hash >>> 13), FACTOR);
  return hash ^ (hash >>> 15);
}
