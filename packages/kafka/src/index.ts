export { grantRights, type KafkaOperation, type KafkaRight, type KafkaRights } from './grant-rights.ts';
export { kafkaBroker } from './kafka-broker.ts';
export type { KafkaOptions } from './kafka-options.ts';
export { kafkajsBroker } from './kafkajs-broker.ts';
export { kafkajsTopics, type TopicReader } from './kafkajs-topics.ts';
export { openKafkajs } from './open-kafkajs.ts';
export { platformaticBroker } from './platformatic/platformatic-broker.ts';
