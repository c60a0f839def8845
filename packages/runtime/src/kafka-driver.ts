import Joi from 'joi';
import { readSettings } from './settings.ts';

/** The drivers of the broker port, by the names of their client libraries. */
export const kafkaDrivers = ['kafkajs', 'platformatic'] as const;

export type KafkaDriver = (typeof kafkaDrivers)[number];

export const kafkaDriverSetting = Joi.string()
  .valid(...kafkaDrivers)
  .default('kafkajs')
  .description(
    'Client library that connects to Kafka: kafkajs or platformatic (default kafkajs). Stop all instances of a service before you change it: instances with different libraries cannot share a consumer group',
  );

const schema = Joi.object<{ KAFKA_DRIVER: KafkaDriver }, true>({ KAFKA_DRIVER: kafkaDriverSetting });

/**
 * Reads the driver of a tool or test, which reads it from its environment by itself.
 *
 * @throws SettingsError
 */
export function readKafkaDriver(environment: NodeJS.ProcessEnv): KafkaDriver {
  return readSettings(schema, environment).KAFKA_DRIVER;
}
