import type { Event } from '@florin/events';

export type KeyedEvent = { key: string; event: Event };

/** One round: within it each key has events of one type only, so the types may run in any order, each as one set. */
export type Round = ReadonlyMap<Event['type'], readonly Event[]>;

/**
 * Cuts events into rounds that run one after another. Each key's events keep their order, while each operation gets a set:
 * grouping a batch by type alone would refund before it charges.
 */
export function cutIntoRounds(events: readonly KeyedEvent[]): Round[] {
  const rounds: Map<Event['type'], Event[]>[] = [];
  const last = new Map<string, { round: number; type: Event['type'] }>();
  for (const { key, event } of events) {
    const before = last.get(key);
    const round = before === undefined ? 0 : before.round + (before.type === event.type ? 0 : 1);
    last.set(key, { round, type: event.type });
    const types = rounds[round] ?? new Map<Event['type'], Event[]>();
    rounds[round] = types;
    const sameType = types.get(event.type);
    if (sameType) sameType.push(event);
    else types.set(event.type, [event]);
  }
  return rounds;
}
