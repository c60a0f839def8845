import { expect } from 'chai';
import fc from 'fast-check';
import { pairsOf } from './compare-services.ts';

async function* rows(numbers: readonly number[]): AsyncGenerator<{ row_key: Buffer }, void> {
  for (const number of numbers) yield await Promise.resolve({ row_key: Buffer.of(number) });
}

describe('pairsOf', () => {
  it('returns every key of both sides once, in order, with the rows of each side', async () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0, max: 30 })).map((numbers) => numbers.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(keys, keys, async (left, right) => {
        const pairs: [number | undefined, boolean, boolean][] = [];
        for await (const pair of pairsOf(rows(left), rows(right)))
          pairs.push([pair.key[0], pair.left !== undefined, pair.right !== undefined]);
        const all = [...new Set([...left, ...right])].sort((a, b) => a - b);
        expect(pairs).to.deep.equal(all.map((number) => [number, left.includes(number), right.includes(number)]));
      }),
    );
  });
});
