export { appendEvents } from './append-events.ts';
export type { Broker, Message, MessageBatch, OutgoingMessage, SubscribeOptions, Subscription } from './broker.ts';
export { createConsumer, type Subscriptions } from './consumer.ts';
export { createMessaging, type Messaging, type MessagingOptions } from './create-messaging.ts';
export { type KafkajsOptions, kafkajsBroker } from './kafkajs-broker.ts';
export { messagingTables } from './messaging-tables.ts';
export { startRelay } from './relay.ts';
export { cutIntoRounds } from './rounds.ts';
