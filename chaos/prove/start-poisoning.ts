import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { newId } from '@florin/database';
import { type EventData, makeEvent } from '@florin/events';
import { openKafkajs } from '@florin/kafka';
import type { KafkaSecurity } from '@florin/runtime';
import kafkajs from 'kafkajs';
import type { Random } from '../../dev/seed/random.ts';
import type { Call } from './create-call.ts';
import type { PoisonFault } from './draw-fault.ts';
import type { Finding } from './finding.ts';
import { signed } from './signatures.ts';
import { signIn } from './staff.ts';

export type Poison = {
  /** Publishes a message that no consumer can handle, under a buyer's key. Later events of this buyer wait behind it. */
  plant(what: PoisonFault, userId: string): Promise<void>;
  /** Drops dead letters and replays the events behind them, as an operator does, until the signal aborts. */
  keepClearing(signal: AbortSignal): Promise<void>;
  /** Number of planted messages, and of those found among the dead letters. */
  counts(): { planted: number; found: number };
  /** Planted messages that are no dead letters, and dead letters that were not planted. */
  unaccounted(): Finding[];
  stop(): Promise<void>;
};

type Options = { kafkaBrokers: readonly string[]; kafkaSecurity: KafkaSecurity; kafkaPrefix: string; call: Call; random: Random };
type Consumer = 'product' | 'payment';
type DeadLetter = { id: string; status: 'dead' | 'forged' | 'parked'; key: string | null; value: string | null; reason?: string };

const CLEAR_EVERY_MS = 2_000;
const TOKEN_LIFE_MS = 600_000;
const topicOf = { product: 'florin.payments', payment: 'florin.purchases' } as const;

/** Plants poison messages, clears them and records both. */
export async function startPoisoning({ kafkaBrokers, kafkaSecurity, kafkaPrefix, call, random }: Options): Promise<Poison> {
  const kafka = openKafkajs({
    clientId: 'florin-prove-poison',
    brokers: kafkaBrokers,
    security: kafkaSecurity,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 1_000 },
  });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  await producer.connect();
  const planted = new Map<string, { by: Consumer; isFound: boolean }>();
  const unexpected = new Map<string, Finding>();
  const operator = createOperator(call, random);

  const account = (service: Consumer, deadLetter: DeadLetter): void => {
    const id = /planted-[0-9a-f-]{36}/.exec(deadLetter.value ?? '')?.[0];
    const known = id === undefined ? undefined : planted.get(id);
    if (known?.by === service) known.isFound = true;
    else
      unexpected.set(deadLetter.id, {
        check: 'only planted messages are dead letters',
        subject: `${service} ${deadLetter.id}`,
        detail: `${deadLetter.reason}: ${deadLetter.value}`,
      });
  };
  const clear = async (service: Consumer): Promise<void> => {
    const deadLetters = await operator.list(service);
    const died = deadLetters.filter(({ status }) => status !== 'parked');
    for (const deadLetter of died) {
      account(service, deadLetter);
      await operator.drop(service, deadLetter.id);
    }
    const first = new Map<string | null, string>();
    for (const { key, id, status } of deadLetters) if (status === 'parked' && !first.has(key)) first.set(key, id);
    for (const id of first.values()) await operator.replay(service, id);
  };

  return {
    async plant(what, userId) {
      const by = random.pick<Consumer>(['product', 'payment']);
      const id = `planted-${newId()}`;
      planted.set(id, { by, isFound: false });
      const value = what === 'no event' ? `{"${id}": ` : eventOf(what, { by, userId, id });
      await producer.send({ topic: kafkaPrefix + topicOf[by], acks: -1, messages: [{ key: userId, value }] });
    },
    async keepClearing(signal) {
      while (!signal.aborted) {
        await clear('product');
        await clear('payment');
        await sleep(CLEAR_EVERY_MS, undefined, { signal }).catch(() => {});
      }
    },
    counts: () => ({ planted: planted.size, found: [...planted.values()].filter(({ isFound }) => isFound).length }),
    unaccounted: () => [
      ...unexpected.values(),
      ...[...planted]
        .filter(([, { isFound }]) => !isFound)
        .map(([id, { by }]) => ({ check: 'every planted message is a dead letter', subject: by, detail: id })),
    ],
    stop: () => producer.disconnect(),
  };
}

/** A signed event whose data violates its schema, or a valid one with the signature of another. */
function eventOf(
  what: Exclude<PoisonFault, 'no event'>,
  { by, userId, id }: { by: Consumer; userId: string; id: string },
): string {
  const address = { topic: topicOf[by], key: userId };
  if (what === 'broken event') return signed(brokenEvent(by, userId, id), address);
  const { event } = makeEvent('purchase-paid', { sequence: 1, data: paidBy(userId) });
  return signed({ ...event, planted: id }, { ...address, key: newId() });
}

function paidBy(userId: string): EventData<'purchase-paid'> {
  return { purchaseId: newId(), userId, amountMinor: 1, transferId: newId() };
}

function brokenEvent(by: Consumer, userId: string, mark: string): object {
  const data = paidBy(userId);
  const { event } = makeEvent('purchase-paid', { sequence: 1, data });
  return by === 'product'
    ? { ...event, data: { ...data, amountMinor: mark } }
    : { ...event, type: 'purchase-requested', data: { ...data, items: mark } };
}

/** The dead-letter endpoints, called as an admin. */
function createOperator(call: Call, random: Random) {
  let token = '';
  let signedInAt = 0;
  const send = async (service: Consumer, method: 'GET' | 'POST' | 'DELETE', path: string) => {
    if (Date.now() - signedInAt > TOKEN_LIFE_MS) {
      token = await signIn(call, random, demoAccounts.admin);
      signedInAt = Date.now();
    }
    return call({ service, method, path: `/v1/${service}/dead-letters${path}`, token }, random);
  };
  return {
    async list(service: Consumer): Promise<DeadLetter[]> {
      const reply = await send(service, 'GET', '?limit=100');
      return reply?.status === 200 ? (reply.body as { data: DeadLetter[] }).data : [];
    },
    drop: (service: Consumer, id: string) => send(service, 'DELETE', `/${id}`),
    /** Answers 409 if another poison message of the key waits behind it; the next pass drops that one. */
    replay: (service: Consumer, id: string) => send(service, 'POST', `/${id}/replay`),
  };
}
