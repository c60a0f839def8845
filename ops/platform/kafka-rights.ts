import { catalogue, topics } from '@florin/events';
import type { KafkaOperation, KafkaRight, KafkaRights } from '@florin/kafka';
import { consumedTopics } from '../backup/consumed-topics.ts';
import { type ServiceName, serviceNames } from './service-names.ts';

/** Read by every instance of every service. */
const SESSIONS = 'florin.sessions';
/** Every service reads the broker's time by writing an empty record to it. */
const CLOCK = 'florin.clock';

/** Returns exactly the rights that a running service needs. It creates no topic, and publishes to its own topics only. */
export async function serviceRights(service: ServiceName): Promise<KafkaRight[]> {
  const produced = topicsOf(service);
  const consumed = new Set([SESSIONS, ...(await consumedTopics(service))]);
  return [
    // A service in production checks at its start that every topic is durable.
    ...topics.map((topic) =>
      topicRight(topic, [
        'describe',
        'describeConfigs',
        ...(produced.has(topic) ? (['write'] as const) : []),
        ...(consumed.has(topic) ? (['read'] as const) : []),
      ]),
    ),
    topicRight(CLOCK, ['describe', 'write']),
    { resource: 'group', name: `florin.${service}`, isPrefix: false, operations: ['read'] },
    { resource: 'group', name: `florin.${service}.sessions.`, isPrefix: true, operations: ['read', 'delete'] },
  ];
}

/** The rights of an operator's commands: they create topics and set offsets, and publish nothing. */
export function operatorRights(): KafkaRight[] {
  return [
    { resource: 'topic', name: 'florin.', isPrefix: true, operations: ['create', 'describe', 'describeConfigs', 'read'] },
    { resource: 'group', name: 'florin.', isPrefix: true, operations: ['read', 'delete'] },
  ];
}

/** The rights of every user: `<users><service>` for each service, and `<users>ops` for the commands. */
export async function allRights(users: string): Promise<KafkaRights> {
  const ofServices = await Promise.all(
    serviceNames.map(async (name) => [`${users}${name}`, await serviceRights(name)] as [string, KafkaRight[]]),
  );
  return new Map([...ofServices, [`${users}ops`, operatorRights()]]);
}

/** One line for each right: the user, the topics or groups, the operations. */
export function describeRights(rights: KafkaRights): string[] {
  return [...rights].flatMap(([user, granted]) =>
    granted.map(({ resource, name, isPrefix, operations }) =>
      [user, `${resource} ${name}${isPrefix ? '*' : ''}`, operations.join(', ')].join('  '),
    ),
  );
}

function topicsOf(service: ServiceName): Set<string> {
  const own = Object.values(catalogue).filter(({ source }) => source === `/${service}`);
  return new Set(own.map(({ topic }) => topic));
}

function topicRight(name: string, operations: readonly KafkaOperation[]): KafkaRight {
  return { resource: 'topic', name, isPrefix: false, operations };
}
