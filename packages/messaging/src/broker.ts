/** A message of a partition. Offsets are decimal text, because they can exceed 2^53 - 1. */
export type Message = {
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Readonly<Record<string, string>>;
};

export type MessageBatch = {
  /** Without the prefix. */
  topic: string;
  partition: number;
  messages: readonly Message[];
  /** Sends a heartbeat to the broker. Call it between the steps of long work. */
  heartbeat(): Promise<void>;
  /** True once the partition belongs to another consumer or the subscription stops. The rest must not be handled. */
  isStale(): boolean;
};

/** An offset in one partition. Topics are without the prefix. */
export type PartitionOffset = { topic: string; partition: number; offset: string };

/** The range of a partition: `low` is the offset of its oldest message, `high` the offset of its next message. */
export type PartitionBounds = { topic: string; partition: number; low: string; high: string };

export type OutgoingMessage = { topic: string; key: string; value: string; headers: Readonly<Record<string, string>> };

/** Thrown by `publish` if some messages may not have been published. */
export class PublishFailed extends Error {
  override readonly name: string = 'PublishFailed';
  /** The messages that the broker has acknowledged. */
  readonly acknowledged: readonly OutgoingMessage[];

  constructor(reason: string, { acknowledged, cause }: { acknowledged: readonly OutgoingMessage[]; cause?: unknown }) {
    super(reason, { cause });
    this.acknowledged = acknowledged;
  }
}

/**
 * The broker refused messages for a fault of their own (too large, invalid, corrupt), so a retry cannot succeed. `message` is
 * the broker's error, such as MESSAGE_TOO_LARGE. Other messages of the same call may be valid: the broker refuses a whole batch
 * per partition.
 */
export class MessagesRefused extends PublishFailed {
  override readonly name = 'MessagesRefused';
}

export type Subscription = {
  stop(): Promise<void>;
  /**
   * Pauses these topics and resumes all others. A paused topic delivers nothing after the batch that is being handled, also from
   * partitions that are assigned later. The consumer stays a member of its group, and no offset moves.
   */
  setPaused(topics: readonly string[]): void;
  /** @throws Error with the reason, while this consumer is not a member of its group */
  check(): void;
};

export type SubscribeOptions = {
  group: string;
  topics: readonly string[];
  /** Maximum number of messages per call of `onBatch`. */
  batchSize: number;
  /** Topics that are paused from the start (default: none). See `setPaused`. */
  paused?: readonly string[];
  /**
   * Handles messages of one partition, in order. Their offsets are committed when it resolves. When it rejects, nothing is
   * committed, and the same messages are delivered again after a pause.
   */
  onBatch(batch: MessageBatch): Promise<void>;
  /**
   * Reads the next offset of each partition from the consumer's database; these offsets take precedence over the broker's. If
   * undefined, the broker's offsets are used.
   */
  storedOffsets?(): Promise<readonly PartitionOffset[]>;
  /** Called when the subscription has ended and will not restart. The process should end with an error. */
  onCrash(error: Error): void;
};

export type FollowOptions = {
  /** Name prefix of the follower's own group. */
  group: string;
  topic: string;
  /** Milliseconds: messages that were written this long ago or later are read first. */
  sinceMs: number;
  /**
   * Gets messages of one partition, in order. After a lost connection some are delivered again, and after a rejection all of
   * them.
   */
  onMessages(messages: readonly Message[], partition: number): void | Promise<void>;
};

export type Following = {
  stop(): Promise<void>;
  /** @throws Error with the reason, until all messages that were in the topic at the start have been read; never afterwards */
  check(): void;
  /** Milliseconds since the topic was last read to its end; infinite before that. */
  ageMs(): number;
};

export type TopicShape = {
  partitions: number;
  replicationFactor: number;
  /** Retention in milliseconds by topic (default 30 days). */
  retentionMs?: Readonly<Record<string, number>>;
};

/** The port to the message broker. Only its drivers (`@florin/kafka`) know client libraries. */
export type Broker = {
  connect(): Promise<void>;
  /**
   * Publishes messages. Resolves once all in-sync replicas have acknowledged every message.
   *
   * @throws MessagesRefused if the broker refuses messages for a fault of their own; PublishFailed if it acknowledged only some
   */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Maximum number of bytes of one record batch for a partition of this topic, including all overhead. */
  maxBatchBytes(topic: string): Promise<number>;
  /**
   * Joins a group and delivers its messages. A lost connection or membership is restored, for as long as it takes. If messages
   * were deleted before they were read, or the topic was created anew, `onCrash` gets an OffsetGapError, at every start.
   */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /**
   * Reads a whole topic, for this instance only: messages from a point in time, and then new ones. No offset is stored. Never
   * fails: it retries while the broker is unavailable.
   */
  follow(options: FollowOptions): Following;
  /** Creates missing topics. */
  createTopics(topics: readonly string[], shape: TopicShape): Promise<void>;
  /**
   * Sets the offsets of a group.
   *
   * @throws Error if the group has members: stop its services first
   */
  resetOffsets(group: string, offsets: readonly PartitionOffset[]): Promise<void>;
  /** Reads the current range of each partition of these topics. */
  bounds(topics: readonly string[]): Promise<PartitionBounds[]>;
  /**
   * Finds the first offset of each partition whose message was written at this time or later; the partition's end if there is
   * none.
   */
  offsetsAt(topic: string, time: Date): Promise<PartitionOffset[]>;
  /** Describes every setting of these topics that could lose acknowledged messages. Empty if there is none. */
  durabilityFaults(topics: readonly string[]): Promise<string[]>;
  /** Resolves if the broker answers. */
  check(): Promise<void>;
  /**
   * Reads the broker's clock, in milliseconds since 1970. Undefined for brokers without a way to read it.
   *
   * @throws Error if it cannot be read now
   */
  readClock?(): Promise<number>;
  disconnect(): Promise<void>;
};
