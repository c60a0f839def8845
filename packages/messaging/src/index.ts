export { appendEvents } from './append-events.ts';
export type {
  Broker,
  Following,
  FollowOptions,
  Message,
  MessageBatch,
  OutgoingMessage,
  PartitionBounds,
  PartitionOffset,
  SubscribeOptions,
  Subscription,
  TopicShape,
} from './broker.ts';
export { MessagesRefused, PublishFailed } from './broker.ts';
export { createConsumer } from './consumer.ts';
export { type Copies, createMessaging, type Messaging, type MessagingOptions } from './create-messaging.ts';
export { deadLetterRoutes } from './dead-letter-routes.ts';
export { setEventSignatures } from './event-signer.ts';
export { eventBytes, eventMaxBytesOf, setEventMaxBytes } from './event-size.ts';
export { type FollowSessionsOptions, followSessions, type SessionEvent, type SessionFollower } from './follow-sessions.ts';
export { messagingInvariants } from './invariants.ts';
export { messagingMigrations } from './messaging-migrations.ts';
export { messagingRights, messagingTables } from './messaging-tables.ts';
export { cutIntoOrderedGroups } from './ordered-groups.ts';
export { countOutbox } from './outbox-size.ts';
export { parkedEventRoutes } from './parked-event-routes.ts';
export { countParkedKeys } from './parked-events.ts';
export { type Lag, readLag } from './read-lag.ts';
export { startRelay } from './relay.ts';
export { NotDurable, requireDurability } from './require-durability.ts';
export { type Reset, type ResetOptions, readGaps, resetToStoredOffsets } from './reset-to-stored-offsets.ts';
export { hasUnsignedEvents, signWaitingEvents } from './sign-waiting-events.ts';
export { readSignatureStarts, storeSignatureStarts, verifierFor } from './signature-starts.ts';
export {
  describeGap,
  findGaps,
  type OffsetGap,
  OffsetGapError,
  placeOf,
  type StartPosition,
  startPositions,
} from './start-positions.ts';
export { type Subscriptions, topicsOf } from './subscriptions.ts';
export { watchServiceClocks } from './watch-service-clocks.ts';
