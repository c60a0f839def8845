import type { KafkaAccess, KafkaSecurity } from '@florin/runtime';
import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { mendKafkajs } from './mend-kafkajs.ts';

export type KafkajsConfig = KafkaAccess & Omit<KafkaConfig, 'brokers' | 'ssl' | 'sasl'>;

/** Opens kafkajs itself, with its faults mended: for commands and tests that need what the broker port leaves out. */
export function openKafkajs({ brokers, security, ...config }: KafkajsConfig): Kafka {
  mendKafkajs();
  return new kafkajs.Kafka({ ...config, brokers: [...brokers], ...kafkajsSecurity(security) });
}

function kafkajsSecurity(security: KafkaSecurity): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  if (security === 'plaintext') return {};
  const { ca, certificate, key, serverName, login } = security;
  return {
    ssl: {
      ...(ca && { ca }),
      ...(certificate && { cert: certificate }),
      ...(key && { key }),
      ...(serverName && { servername: serverName }),
      minVersion: 'TLSv1.2',
    },
    ...(login && { sasl: login as SASLOptions }),
  };
}
