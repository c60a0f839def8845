import { expect } from 'chai';
import { gather } from '../src/gather.ts';

async function nextTurn(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

type Set = { items: readonly number[]; finish(): void; fail(error: Error): void };

describe('gather', () => {
  const start = (bounds: Partial<{ inFlight: number; mostItems: number; mostWeight: number }> = {}) => {
    const sets: Set[] = [];
    const gatherer = gather<number, number>({
      inFlight: 1,
      mostItems: 100,
      mostWeight: 1_000,
      weightOf: (item) => item,
      ...bounds,
      run: (items) =>
        new Promise((resolve, reject) => {
          sets.push({
            items,
            finish: () => resolve(items.map((item) => ({ status: 'fulfilled', value: 10 * item }))),
            fail: reject,
          });
        }),
    });
    const finish = async (set: number): Promise<void> => {
      sets[set]?.finish();
      await nextTurn();
    };
    return { ...gatherer, sets, finish, itemsOf: () => sets.map(({ items }) => items) };
  };

  it('works at once on what comes alone, and together on what comes meanwhile', async () => {
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

  it('works together on what comes in one turn of the event loop', async () => {
    const { add, itemsOf } = start({ inFlight: 2 });
    for (const item of [1, 2, 3]) void add(item);
    await nextTurn();
    expect(itemsOf()).to.deep.equal([[1, 2, 3]]);
  });

  it('works on as many sets at once as it may', async () => {
    const { add, finish, itemsOf } = start({ inFlight: 2 });
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

  it('takes no more items, and no more weight, than a set may have', async () => {
    const { add, finish, itemsOf } = start({ mostItems: 2, mostWeight: 50 });
    for (const item of [2, 3, 4, 40, 200, 5]) void add(item);
    await nextTurn();
    for (let set = 0; set < 5; set++) await finish(set);
    expect(itemsOf()).to.deep.equal([[2, 3], [4, 40], [200], [5]]);
  });

  it('gives everyone of a set what the set failed with, and goes on', async () => {
    const { add, finish, sets } = start();
    const first = add(1);
    await nextTurn();
    const together = [add(2), add(3)];
    await nextTurn();
    await finish(0);
    sets[1]?.fail(new Error('away'));
    expect(await first).to.equal(10);
    for (const one of await Promise.allSettled(together)) expect(one).to.have.nested.property('reason.message', 'away');
    const next = add(4);
    await nextTurn();
    await finish(2);
    expect(await next).to.equal(40);
  });

  it('does not leave an item without an outcome', async () => {
    const { add } = gather<number, number>({
      inFlight: 1,
      mostItems: 9,
      mostWeight: 9,
      weightOf: () => 1,
      run: () => Promise.resolve([]),
    });
    const failure: unknown = await add(1).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('without an outcome');
  });
});
