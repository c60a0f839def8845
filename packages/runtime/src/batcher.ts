export type BatcherOptions<Item, Result> = {
  /** Maximum number of batches that run at the same time. */
  maxInFlight: number;
  /** Maximum number of items in a batch. */
  maxItems: number;
  /** Maximum total weight of a batch. An item that weighs more gets a batch of its own. */
  maxWeight: number;
  weightOf(item: Item): number;
  /** Processes a batch and returns the outcome of each item, in their order. An error that it throws is the outcome of every item. */
  run(items: readonly Item[]): Promise<readonly PromiseSettledResult<Result>[]>;
};

export type Batcher<Item, Result> = {
  /** Adds an item. Resolves or rejects with the item's outcome once its batch has run. */
  add(item: Item): Promise<Result>;
  /** The number of items that wait for a batch. */
  waiting(): number;
};

type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(reason: unknown): void };

/**
 * Creates a batcher: items that arrive in one turn of the event loop, or while batches run, are processed together. It never waits
 * for a batch to fill: an idle batcher runs an item at once, and under load batches grow by themselves.
 */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let inFlight = 0;
  let isStarting = false;
  const pump = (): void => {
    isStarting = false;
    while (inFlight < options.maxInFlight && waiting.length > 0) {
      inFlight++;
      void runBatch(options, waiting.splice(0, sizeOfBatch(waiting, options))).finally(() => {
        inFlight--;
        pump();
      });
    }
  };
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isStarting || inFlight >= options.maxInFlight) return;
        isStarting = true;
        setImmediate(pump);
      }),
    waiting: () => waiting.length,
  };
}

function sizeOfBatch<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  { maxItems, maxWeight, weightOf }: BatcherOptions<Item, Result>,
): number {
  let weight = 0;
  const end = waiting.findIndex(({ item }, index) => {
    weight += weightOf(item);
    return index > 0 && (index === maxItems || weight > maxWeight);
  });
  return end === -1 ? waiting.length : end;
}

async function runBatch<Item, Result>(
  { run }: BatcherOptions<Item, Result>,
  batch: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const outcomes = await run(batch.map(({ item }) => item));
    batch.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled') resolve(outcome.value);
      else reject(outcome === undefined ? new Error('run() returned no outcome for an item.') : outcome.reason);
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
