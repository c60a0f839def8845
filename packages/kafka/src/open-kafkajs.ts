import kafkajs, { type Kafka, type KafkaConfig } from 'kafkajs';
import { mendKafkajs } from './mend-kafkajs.ts';

/** Opens kafkajs itself, with its faults mended: for commands and tests that need what the broker port leaves out. */
export function openKafkajs(config: KafkaConfig): Kafka {
  mendKafkajs();
  return new kafkajs.Kafka(config);
}
