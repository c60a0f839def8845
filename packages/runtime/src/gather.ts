export type GatherOptions<Item, Result> = {
  /** How many sets may be worked on at the same time. */
  inFlight: number;
  /** Most items in a set. */
  mostItems: number;
  /** Most that the items of a set may weigh together; one that weighs more goes alone. */
  mostWeight: number;
  weightOf(item: Item): number;
  /** Works on a set: the outcome of each item, in their order. What it throws is the outcome of all. */
  run(items: readonly Item[]): Promise<readonly PromiseSettledResult<Result>[]>;
};

export type Gatherer<Item, Result> = {
  /** Resolves or rejects when the set that the item went with has been worked on. */
  add(item: Item): Promise<Result>;
  /** How many items wait for their set. */
  waiting(): number;
};

type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(reason: unknown): void };

/**
 * Works in sets: what arrives in one turn of the event loop, or while sets are being worked on, goes together. Nobody waits for a
 * set to fill: with nothing under way an item goes at once; under load the sets grow by themselves.
 */
export function gather<Item, Result>(options: GatherOptions<Item, Result>): Gatherer<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let inFlight = 0;
  let isStarting = false;
  const pump = (): void => {
    isStarting = false;
    while (inFlight < options.inFlight && waiting.length > 0) {
      inFlight++;
      void work(options, waiting.splice(0, sizeOfSet(waiting, options))).finally(() => {
        inFlight--;
        pump();
      });
    }
  };
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isStarting || inFlight >= options.inFlight) return;
        isStarting = true;
        setImmediate(pump);
      }),
    waiting: () => waiting.length,
  };
}

function sizeOfSet<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  { mostItems, mostWeight, weightOf }: GatherOptions<Item, Result>,
): number {
  let weight = 0;
  const end = waiting.findIndex(({ item }, index) => {
    weight += weightOf(item);
    return index > 0 && (index === mostItems || weight > mostWeight);
  });
  return end === -1 ? waiting.length : end;
}

async function work<Item, Result>({ run }: GatherOptions<Item, Result>, set: readonly Waiting<Item, Result>[]): Promise<void> {
  try {
    const outcomes = await run(set.map(({ item }) => item));
    set.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled') resolve(outcome.value);
      else reject(outcome === undefined ? new Error('An item of a set was left without an outcome.') : outcome.reason);
    });
  } catch (error) {
    for (const { reject } of set) reject(error);
  }
}
