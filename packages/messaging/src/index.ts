export { appendEvents } from './append-events.ts';
export type { Broker, Message, MessageBatch, OutgoingMessage, SubscribeOptions, Subscription } from './broker.ts';
export { messagingTables } from './messaging-tables.ts';
