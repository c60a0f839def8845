import { inspect } from 'node:util';
import { topics } from '@florin/events';
import type { KafkaAccess, KafkaSecurity, SaslMechanism } from '@florin/runtime';
import { eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import type { Broker } from '../src/index.ts';

/** A broker with TLS, logins and ACLs. */
export type SecuredKafka = {
  brokers: readonly string[];
  ca: string;
  /** Certificate of an authority that did not certify the broker. */
  otherCa: string;
  securityOf(username: string, mechanism?: SaslMechanism): Exclude<KafkaSecurity, 'plaintext'>;
};

type Options = {
  /** Opens the driver. Its topics exist. */
  open(access: KafkaAccess): Broker;
  kafka(): SecuredKafka;
};

/** Topics that each service publishes to, and that its group reads. */
const services = {
  auth: { produces: ['florin.users', 'florin.sessions', 'florin.contacts'], consumes: [] },
  product: {
    produces: ['florin.purchases', 'florin.products'],
    consumes: ['florin.users', 'florin.payments', 'florin.contacts'],
  },
  payment: { produces: ['florin.payments'], consumes: ['florin.users', 'florin.purchases'] },
} as const;

/** The tests that every driver of the broker port passes: TLS and SASL by the settings, and what ACLs allow. */
export function testTransport({ open, kafka }: Options): void {
  const opened: Broker[] = [];
  const openAs = (security: KafkaSecurity): Broker => {
    const broker = open({ brokers: kafka().brokers, security });
    opened.push(broker);
    return broker;
  };
  const as = (username: string, mechanism?: SaslMechanism): Broker => openAs(kafka().securityOf(username, mechanism));
  const publish = (broker: Broker, topic: string): Promise<void> =>
    broker.publish([{ topic, key: 'key', value: `to ${topic}`, headers: {} }]);

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((broker) => broker.disconnect()));
  });

  for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512'] as const) {
    it(`publishes with TLS and ${mechanism}`, async () => {
      await publish(as('florin-auth', mechanism), 'florin.users');
    });
  }

  it('delivers to the group of a service', async () => {
    const seen: string[] = [];
    const subscription = await as('florin-payment').subscribe({
      group: 'florin.payment',
      topics: ['florin.purchases'],
      batchSize: 10,
      onBatch: async ({ messages }) => void seen.push(...messages.map(({ value }) => String(value))),
      onCrash: () => {},
    });
    await publish(as('florin-product'), 'florin.purchases');
    await eventually(() => expect(seen).to.include('to florin.purchases'));
    await subscription.stop();
  });

  describe('has no connection', () => {
    const refused: Record<string, () => KafkaSecurity> = {
      'in plain text': () => 'plaintext',
      'without a login': () => ({ ca: kafka().ca }),
      'with a wrong password': () => withLogin(kafka().securityOf('florin-auth'), { password: 'wrong' }),
      'as an unknown user': () => withLogin(kafka().securityOf('florin-auth'), { username: 'nobody' }),
      'to a broker of another authority': () => ({ ...kafka().securityOf('florin-auth'), ca: kafka().otherCa }),
      'to a broker whose certificate names another host': () => ({
        ...kafka().securityOf('florin-auth'),
        serverName: 'kafka.example',
      }),
    };
    for (const [how, security] of Object.entries(refused)) {
      it(how, async () => {
        expect(await failureOf(openAs(security()).check())).to.be.instanceOf(Error);
      });
    }
  });

  describe('may do what the service does, and nothing else', () => {
    for (const [service, { produces }] of Object.entries(services)) {
      it(`${service} publishes to its own topics only`, async () => {
        const broker = as(`florin-${service}`);
        for (const topic of topics) {
          if ((produces as readonly string[]).includes(topic)) await publish(broker, topic);
          else expect(await reasonOf(publish(broker, topic)), topic).to.match(DENIED);
        }
      });
    }

    it('a stranger with a login publishes to no topic', async () => {
      const stranger = as('stranger');
      for (const topic of topics) expect(await reasonOf(publish(stranger, topic)), topic).to.match(DENIED);
    });

    it('a service joins its own group only', async () => {
      const join = as('florin-product').subscribe({
        group: 'florin.payment',
        topics: ['florin.payments'],
        batchSize: 10,
        onBatch: async () => {},
        onCrash: () => {},
      });
      expect(await reasonOf(join)).to.match(DENIED);
    });

    it('a service creates no topic', async () => {
      const creation = as('florin-product').createTopics(['florin.other'], { partitions: 1, replicationFactor: 1 });
      expect(await reasonOf(creation)).to.match(DENIED);
    });

    it('a service reads the broker’s time, and checks that its topics are durable', async () => {
      const broker = as('florin-product');
      expect(await broker.readClock?.()).to.be.above(0);
      expect((await broker.durabilityFaults(topics)).join()).to.include('replicas');
      expect(await broker.maxBatchBytes('florin.purchases')).to.be.above(0);
    });
  });
}

/** Kafka denies a group by hiding its coordinator. */
const DENIED = /AUTHORIZATION_FAILED|not authorized|GroupCoordinatorNotFound/i;

/** The failure with its causes, where drivers keep Kafka's own. */
async function reasonOf(work: Promise<unknown>): Promise<string> {
  return inspect(await failureOf(work), { depth: 5 });
}

type Login = { username?: string; password?: string };

function withLogin(security: Exclude<KafkaSecurity, 'plaintext'>, change: Login): KafkaSecurity {
  const { login } = security;
  return login === undefined ? security : { ...security, login: { ...login, ...change } };
}
