import type { Event } from '@florin/events';

export type KeyedEvent = { key: string; event: Event };

/** Events that can be applied in any order: each key has events of one type only. Each type's events are one set. */
export type OrderedGroup = ReadonlyMap<Event['type'], readonly Event[]>;

/**
 * Cuts events into groups that are applied one after another. Each key's events keep their order, and each operation still gets a
 * set. Grouping by type alone would not keep the order: it could refund a purchase before it is charged.
 */
export function cutIntoOrderedGroups(events: readonly KeyedEvent[]): OrderedGroup[] {
  const groups: Map<Event['type'], Event[]>[] = [];
  const last = new Map<string, { group: number; type: Event['type'] }>();
  for (const { key, event } of events) {
    const before = last.get(key);
    const group = before === undefined ? 0 : before.group + (before.type === event.type ? 0 : 1);
    last.set(key, { group, type: event.type });
    const types = groups[group] ?? new Map<Event['type'], Event[]>();
    groups[group] = types;
    const sameType = types.get(event.type);
    if (sameType) sameType.push(event);
    else types.set(event.type, [event]);
  }
  return groups;
}
