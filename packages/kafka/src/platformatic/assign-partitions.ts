import type { GroupAssignment, GroupPartitionsAssigner } from '@platformatic/kafka';

/**
 * Assigns the partitions of each topic to the members that subscribe to it, in turn.
 *
 * The strategy of the library assigns the topics of the leader to all members. While two releases with different subscriptions
 * run beside each other, a member would get a topic that it skips, and the events would be lost to the others.
 */
export const assignPartitions: GroupPartitionsAssigner = (_leader, members, _topics, metadata) => {
  const ids = [...members.keys()].toSorted();
  const assigned = new Map(ids.map((id) => [id, new Map<string, GroupAssignment>()]));
  const topics = new Set([...members.values()].flatMap((member) => member.topics ?? []));
  let turn = 0;
  for (const topic of [...topics].toSorted()) {
    const subscribers = ids.filter((id) => members.get(id)?.topics?.includes(topic));
    const count = metadata.topics.get(topic)?.partitionsCount ?? 0;
    for (let partition = 0; partition < count; partition++) {
      const ofMember = assigned.get(subscribers[turn++ % subscribers.length] ?? '');
      const partitions = ofMember?.get(topic)?.partitions ?? [];
      ofMember?.set(topic, { topic, partitions: [...partitions, partition] });
    }
  }
  return [...assigned].map(([memberId, assignments]) => ({ memberId, assignments }));
};
