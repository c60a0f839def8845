/** One message, as it lies in a partition. Offsets are decimal text: they outgrow safe integers. */
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
  /** Tells the broker that this consumer lives; call it between the parts of long work. */
  heartbeat(): Promise<void>;
  /** True once the partition has gone to another consumer or the subscription stops: the rest is not ours. */
  isStale(): boolean;
};

/** An offset in one partition. Topics are named without the prefix. */
export type PartitionOffset = { topic: string; partition: number; offset: string };

/** What a partition holds: `low` is the offset of its oldest message, `high` the offset of the next one to come. */
export type PartitionBounds = { topic: string; partition: number; low: string; high: string };

export type OutgoingMessage = { topic: string; key: string; value: string; headers: Readonly<Record<string, string>> };

/** Not all messages of a call could be published. */
export class PublishFailed extends Error {
  override readonly name: string = 'PublishFailed';
  /** Those that the broker has taken all the same. */
  readonly acknowledged: readonly OutgoingMessage[];

  constructor(reason: string, { acknowledged, cause }: { acknowledged: readonly OutgoingMessage[]; cause?: unknown }) {
    super(reason, { cause });
    this.acknowledged = acknowledged;
  }
}

/**
 * The broker refused messages for a fault of their own (too large, invalid, corrupt): sending them again cannot help. Its message is
 * the broker's word for it, such as MESSAGE_TOO_LARGE. Not every other message of the call need be at fault: the broker refuses
 * the whole batch of a partition.
 */
export class MessagesRefused extends PublishFailed {
  override readonly name = 'MessagesRefused';
}

export type Subscription = {
  stop(): Promise<void>;
  /** Throws, saying why, while this consumer is not in its group. */
  check(): void;
};

export type SubscribeOptions = {
  group: string;
  topics: readonly string[];
  /** Most messages handed over at once. */
  batchSize: number;
  /**
   * Handles messages of one partition, in order. When it returns, their offsets are committed. When it throws, nothing is
   * committed and the same messages come again after a pause.
   */
  onBatch(batch: MessageBatch): Promise<void>;
  /**
   * The next offset of each partition by the consumer's own records, which are right where the broker's differ. Without it the
   * broker's are.
   */
  storedOffsets?(): Promise<readonly PartitionOffset[]>;
  /** The subscription has ended by itself and will not come back: the process should end with an error. */
  onCrash(error: Error): void;
};

export type FollowOptions = {
  /** What the follower's own group is named after. */
  group: string;
  topic: string;
  /** What was written up to so long ago is read first. */
  sinceMs: number;
  /** Messages of one partition, in order. After a lost connection some may come again. Must not throw. */
  onMessages(messages: readonly Message[]): void;
};

export type Following = {
  stop(): Promise<void>;
  /** Throws, saying why, until all that lay in the topic at the start has been read; never after that. */
  check(): void;
};

export type TopicShape = {
  partitions: number;
  replicationFactor: number;
  /** How long a topic keeps its messages, where it is not the usual 30 days. */
  retentionMs?: Readonly<Record<string, number>>;
};

/** The port behind which Kafka stands. Nothing outside its driver knows the client library. */
export type Broker = {
  connect(): Promise<void>;
  /**
   * Returns once every message is acknowledged by all in-sync replicas; throws when any may not have been.
   *
   * @throws MessagesRefused when the broker blames the messages themselves; PublishFailed when it has taken some of them
   */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** The most bytes that a topic takes for one partition at once, as one batch of records with all their overhead. */
  maxBatchBytes(topic: string): Promise<number>;
  /**
   * Joins a group and hands its messages over. A connection or group that is lost later is joined again, for as long as it takes.
   * Where messages were deleted before they were read, or the topic is not the one that was read, `onCrash` gets an OffsetGapError,
   * at every start anew.
   */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /**
   * Reads a topic as every instance of a service must hear it: alone, from a time on to the end and then what comes, with nothing
   * remembered. Never fails: while the broker is away it goes on trying.
   */
  follow(options: FollowOptions): Following;
  /** Creates the topics that are missing. */
  createTopics(topics: readonly string[], shape: TopicShape): Promise<void>;
  /**
   * Makes a group go on from these offsets. Throws when the group has members: stop its services first.
   */
  resetOffsets(group: string, offsets: readonly PartitionOffset[]): Promise<void>;
  /** Where each partition of these topics begins and ends now. */
  bounds(topics: readonly string[]): Promise<PartitionBounds[]>;
  /** The first offset of each partition whose message was written at this time or later; the partition's end where none was. */
  offsetsAt(topic: string, time: Date): Promise<PartitionOffset[]>;
  /** What of these topics could lose acknowledged messages, in words that name the setting; empty when nothing could. */
  durabilityFaults(topics: readonly string[]): Promise<string[]>;
  /** Resolves when the broker answers. */
  check(): Promise<void>;
  /** The broker's time, in milliseconds; left out where there is no way to read it. Throws where it cannot be read now. */
  readClock?(): Promise<number>;
  disconnect(): Promise<void>;
};
