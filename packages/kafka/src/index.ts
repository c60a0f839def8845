export { grantRights, type KafkaOperation, type KafkaRight, type KafkaRights } from './grant-rights.ts';
export { kafkajsBroker } from './kafkajs-broker.ts';
export type { KafkajsOptions } from './kafkajs-client.ts';
export { kafkajsTopics, type TopicReader } from './kafkajs-topics.ts';
export { openKafkajs } from './open-kafkajs.ts';
