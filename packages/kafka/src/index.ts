export { type KafkajsOptions, kafkajsBroker } from './kafkajs-broker.ts';
export { kafkajsTopics, type TopicReader } from './kafkajs-topics.ts';
