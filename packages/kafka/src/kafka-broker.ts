import type { Broker } from '@florin/messaging';
import type { KafkaDriver } from '@florin/runtime';
import type { KafkaOptions } from './kafka-options.ts';
import { kafkajsBroker } from './kafkajs-broker.ts';
import { platformaticBroker } from './platformatic/platformatic-broker.ts';

const drivers: Readonly<Record<KafkaDriver, (options: KafkaOptions) => Broker>> = {
  kafkajs: kafkajsBroker,
  platformatic: platformaticBroker,
};

/** Creates the broker port's driver that `driver` names (the setting KAFKA_DRIVER). It connects on first use. */
export function kafkaBroker({ driver, ...options }: KafkaOptions & { driver: KafkaDriver }): Broker {
  return drivers[driver](options);
}
