import type { Turns } from './reading-pace.ts';

type Options<Item> = {
  turns: Turns;
  /** Called before the first item is applied. */
  prepare(): Promise<unknown>;
  /** Applies an item in a transaction. */
  apply(item: Item): Promise<void>;
};

/**
 * Applies items one after another, and reads the next item meanwhile unless others use the event loop. An item that was read is
 * applied before an error of reading the next one is thrown. Memory holds two items.
 */
export async function applyReadingAhead<Item>(
  items: AsyncGenerator<Item>,
  { turns, prepare, apply }: Options<Item>,
): Promise<void> {
  let reading: Promise<IteratorResult<Item, unknown>> | undefined;
  try {
    let next = await items.next();
    if (!next.done) await prepare();
    while (!next.done) {
      const { value } = next;
      if (turns.mayGoOn()) {
        reading = items.next();
        // Its error is thrown below, unless that of the transaction comes first.
        reading.catch(() => {});
        await turns.beside(() => apply(value));
      } else await turns.between(() => apply(value));
      next = await (reading ?? items.next());
      reading = undefined;
    }
  } finally {
    // The end of reading waits for the item that is being read, but a failed transaction does not.
    const ended = items.return(undefined);
    if (reading === undefined) await ended;
    else ended.catch(() => {});
  }
}
