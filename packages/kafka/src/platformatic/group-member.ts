import type { PartitionOffset } from '@florin/messaging';
import { createBatcher, sleep } from '@florin/runtime';
import type { Consumer, GroupAssignment } from '@platformatic/kafka';
import type { KafkaOptions } from '../kafka-options.ts';
import { OtherDriver } from '../other-driver.ts';
import { assignPartitions } from './assign-partitions.ts';
import { clientOptions, closeClient, prepared } from './client-options.ts';
import { explain, explained, hasCode, hasLeftGroup, mayPass } from './faults.ts';
import { library } from './library.ts';

const MAX_JOINS = 20;
const JOIN_PAUSE_MS = 250;
/** The broker answers a join when all members have joined, so it may take as long as a rebalance. */
const JOIN_MARGIN_MS = 5_000;
const MAX_COMMITTED_PARTITIONS = 1_000;
/** Offsets are committed without the epoch of the leader. */
const NO_EPOCH = -1;
/**
 * The assignment strategy of this driver. Its name differs from that of kafkajs, so that Kafka refuses a group of both drivers. A
 * strategy that assigns otherwise needs another name.
 */
const PROTOCOL = { name: 'roundrobin', version: 1 };

export type MemberOptions = {
  group: string;
  topics: readonly string[];
  /** Called before each join. No partition is given to another member until it resolves. */
  beforeJoin(): Promise<void>;
  /** Called after each join with all partitions of this member; topics are with the prefix. */
  onAssigned(assignments: readonly GroupAssignment[]): void;
  /** Called when the membership is lost and could not be restored. */
  onLost(error: Error): void;
};

export type GroupMember = {
  /**
   * Joins the group. Heartbeats follow in the background, and a rebalance or a lost membership makes it join again.
   *
   * @throws OtherDriver while the other members use another client library
   */
  join(): Promise<void>;
  /** Commits an offset. Offsets of several partitions go together. The topic is with the prefix. */
  commit(offset: PartitionOffset): Promise<void>;
  /** Leaves the group. */
  leave(): Promise<void>;
};

/** Creates the member of a group. It fetches nothing. */
export function createMember(options: KafkaOptions, member: MemberOptions): GroupMember {
  const { sessionTimeoutMs } = options;
  const rebalanceTimeout = sessionTimeoutMs * 2;
  const client = prepared(
    new (library().Consumer)({
      ...clientOptions(options),
      requestTimeout: rebalanceTimeout + JOIN_MARGIN_MS,
      groupId: options.prefix + member.group,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 6),
      heartbeatStallTimeout: sessionTimeoutMs,
      protocols: [PROTOCOL],
      partitionAssigner: assignPartitions,
      // The library asks for the user data of the strategy before it sends a join. The strategy has none.
      protocolsMetadata: async () => {
        await member.beforeJoin();
        return Buffer.alloc(0);
      },
    }),
    options,
  );
  client.topics.trackAll(...member.topics.map((topic) => options.prefix + topic));
  const left = new AbortController();
  const join = (): Promise<void> => joinInTime(client, member.group, left.signal);
  client.on('consumer:group:join', ({ assignments = [] }) => member.onAssigned(assignments));
  // The library has given up a join that a heartbeat made necessary.
  client.on('error', () => {
    join().catch((error: unknown) => member.onLost(error as Error));
  });
  client.on('consumer:heartbeat:stalled', ({ stalledFor, lastError }) =>
    member.onLost(new Error(`No heartbeat for ${stalledFor} ms`, { cause: lastError })),
  );
  const commits = createBatcher<PartitionOffset, void>({
    maxInFlight: 1,
    maxItems: MAX_COMMITTED_PARTITIONS,
    maxWeight: MAX_COMMITTED_PARTITIONS,
    weightOf: () => 1,
    async run(offsets) {
      const committed = offsets.map((one) => ({ ...one, offset: BigInt(one.offset), leaderEpoch: NO_EPOCH }));
      await explained(client.commit({ offsets: committed }));
      return offsets.map(() => ({ status: 'fulfilled', value: undefined }));
    },
  });
  return {
    join,
    commit: commits.add,
    async leave() {
      left.abort();
      await closeClient(client, () => client.close(true));
    },
  };
}

/** Joins, and retries while the group changes or its coordinator is not available. */
async function joinInTime(client: Consumer, group: string, left: AbortSignal): Promise<void> {
  for (let joins = 1; ; joins++) {
    try {
      await client.joinGroup({});
      return;
    } catch (error) {
      if (left.aborted) return;
      if (hasCode(error, 'INCONSISTENT_GROUP_PROTOCOL')) throw new OtherDriver(group, { cause: error });
      if (joins === MAX_JOINS || !(hasLeftGroup(error) || mayPass(error))) throw explain(error);
      await sleep(JOIN_PAUSE_MS, left);
    }
  }
}
