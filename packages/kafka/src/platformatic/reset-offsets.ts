import type { PartitionOffset } from '@florin/messaging';
import type { Admin } from '@platformatic/kafka';
import { explained } from './faults.ts';

/** @throws Error if the group has members */
export async function resetOffsets(
  admin: Admin,
  prefix: string,
  { group, offsets }: { group: string; offsets: readonly PartitionOffset[] },
): Promise<void> {
  const groupId = prefix + group;
  const described = (await explained(admin.describeGroups({ groups: [groupId] }))).get(groupId);
  const members = described?.members.size ?? 0;
  if (members > 0) throw new Error(`The consumer group ${groupId} has ${members} members. Stop its services first.`);
  const topics = [...new Set(offsets.map(({ topic }) => topic))].map((topic) => ({
    name: prefix + topic,
    partitionOffsets: offsets
      .filter((place) => place.topic === topic)
      .map(({ partition, offset }) => ({ partition, offset: BigInt(offset) })),
  }));
  await explained(admin.alterConsumerGroupOffsets({ groupId, topics }));
}
