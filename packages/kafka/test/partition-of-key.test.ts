import { randomBytes, randomInt } from 'node:crypto';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { murmur2, partitionOfKey } from '../src/platformatic/partition-of-key.ts';

const KEYS = 10_000;
/** Of `UtilsTest.testMurmur2` in Kafka's sources. */
const byJava: readonly [text: string, hash: number][] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];
const alphabet = ['a', 'Z', '7', '-', ' ', 'é', 'ß', 'Ω', 'ж', '漢', '字', '\u{1f600}', '\0'];

describe('the partition of a key', () => {
  it("is by Kafka's own hash", () => {
    for (const [text, hash] of byJava) expect(murmur2(Buffer.from(text)), text).to.equal(hash);
  });

  it(`is the same by each driver, for ${KEYS} keys: empty, long, not ASCII, not text`, () => {
    const choose = kafkajs.Partitioners.DefaultPartitioner();
    const keys = ['', ...byJava.map(([text]) => text), ...Array.from({ length: KEYS - 1 - byJava.length }, randomKey)];
    for (const [index, key] of keys.entries()) {
      const partitions = 1 + (index % 50);
      const byKafkajs = choose({
        topic: 'florin.users',
        partitionMetadata: partitionsOf(partitions),
        message: { key, value: null },
      });
      if (partitionOfKey(Buffer.from(key), partitions) !== byKafkajs)
        expect.fail(`${inspectKey(key)} of ${partitions} partitions`);
    }
  });
});

function randomKey(): string | Buffer {
  if (randomInt(4) === 0) return randomBytes(randomInt(64));
  const length = randomInt(20) === 0 ? 2_000 : randomInt(40);
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

function partitionsOf(count: number) {
  return Array.from({ length: count }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
}

function inspectKey(key: string | Buffer): string {
  return Buffer.from(key).toString('hex');
}
