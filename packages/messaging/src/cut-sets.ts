type Bounds<Item> = { maxItems?: number; maxBytes: number; bytesOf(item: Item): number };

/** Cuts items, in order, into sets within limits. An item that exceeds `maxBytes` alone gets a set of its own. */
export function cutSets<Item>(items: readonly Item[], { maxItems = items.length, maxBytes, bytesOf }: Bounds<Item>): Item[][] {
  const sets: Item[][] = [];
  let set: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const more = bytesOf(item);
    if (set.length > 0 && (set.length === maxItems || bytes + more > maxBytes)) {
      sets.push(set);
      set = [];
      bytes = 0;
    }
    set.push(item);
    bytes += more;
  }
  if (set.length > 0) sets.push(set);
  return sets;
}
