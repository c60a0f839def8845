import { expect } from 'chai';
import { createBatcher } from '../src/batcher.ts';

async function nextTurn(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

type Batch = { items: readonly number[]; finish(): void; fail(error: Error): void };

describe('createBatcher', () => {
  const start = (bounds: Partial<{ maxInFlight: number; maxItems: number; maxWeight: number }> = {}) => {
    const batches: Batch[] = [];
    const batcher = createBatcher<number, number>({
      maxInFlight: 1,
      maxItems: 100,
      maxWeight: 1_000,
      weightOf: (item) => item,
      ...bounds,
      run: (items) =>
        new Promise((resolve, reject) => {
          batches.push({
            items,
            finish: () => resolve(items.map((item) => ({ status: 'fulfilled', value: 10 * item }))),
            fail: reject,
          });
        }),
    });
    const finish = async (batch: number): Promise<void> => {
      batches[batch]?.finish();
      await nextTurn();
    };
    return { ...batcher, batches, finish, itemsOf: () => batches.map(({ items }) => items) };
  };

  it('runs a single item at once, and items that arrive meanwhile together', async () => {
    const { add, finish, itemsOf, waiting } = start();
    const first = add(1);
    await nextTurn();
    expect(itemsOf()).to.deep.equal([[1]]);
    const others = [2, 3].map(add);
    await nextTurn();
    expect(waiting()).to.equal(2);
    await finish(0);
    expect(itemsOf()).to.deep.equal([[1], [2, 3]]);
    await finish(1);
    expect(await Promise.all([first, ...others])).to.deep.equal([10, 20, 30]);
  });

  it('runs items of one turn of the event loop together', async () => {
    const { add, itemsOf } = start({ maxInFlight: 2 });
    for (const item of [1, 2, 3]) void add(item);
    await nextTurn();
    expect(itemsOf()).to.deep.equal([[1, 2, 3]]);
  });

  it('runs at most `maxInFlight` batches at the same time', async () => {
    const { add, finish, itemsOf } = start({ maxInFlight: 2 });
    for (const item of [1, 2]) {
      void add(item);
      await nextTurn();
    }
    for (const item of [3, 4]) void add(item);
    await nextTurn();
    expect(itemsOf()).to.deep.equal([[1], [2]]);
    await finish(1);
    expect(itemsOf()).to.deep.equal([[1], [2], [3, 4]]);
  });

  it('exceeds neither the maximum number of items nor the maximum weight of a batch', async () => {
    const { add, finish, itemsOf } = start({ maxItems: 2, maxWeight: 50 });
    for (const item of [2, 3, 4, 40, 200, 5]) void add(item);
    await nextTurn();
    for (let set = 0; set < 5; set++) await finish(set);
    expect(itemsOf()).to.deep.equal([[2, 3], [4, 40], [200], [5]]);
  });

  it('rejects every item of a failed batch with its error, and continues', async () => {
    const { add, finish, batches } = start();
    const first = add(1);
    await nextTurn();
    const together = [add(2), add(3)];
    await nextTurn();
    await finish(0);
    batches[1]?.fail(new Error('away'));
    expect(await first).to.equal(10);
    for (const one of await Promise.allSettled(together)) expect(one).to.have.nested.property('reason.message', 'away');
    const next = add(4);
    await nextTurn();
    await finish(2);
    expect(await next).to.equal(40);
  });

  it('rejects an item for which run returns no outcome', async () => {
    const { add } = createBatcher<number, number>({
      maxInFlight: 1,
      maxItems: 9,
      maxWeight: 9,
      weightOf: () => 1,
      run: () => Promise.resolve([]),
    });
    const failure: unknown = await add(1).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('returned no outcome');
  });
});
