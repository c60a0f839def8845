import { type Event, makeEvent, type OutgoingEvent } from '@florin/events';
import { newId } from '@florin/runtime';
import { expect } from 'chai';
import {
  type Bank,
  createBank,
  createShop,
  type Item,
  type Message,
  type PurchaseRequest,
  type Shop,
} from './purchase-flow-model.ts';
import type { Handling, PurchaseFlowServices, Topic } from './purchase-flow-services.ts';
import { type Ending, products, type Step, users, type World } from './purchase-flow-steps.ts';

/** A message on its way: as the services know it and as the model does. */
type Letter = { event: OutgoingEvent; message: Message };

export type Play = {
  shop: Shop;
  bank: Bank;
  /** Everything that the services have said, in the order in which they said it. */
  said: readonly Event[];
  userIds: ReadonlyMap<string, string>;
  productIds: ReadonlyMap<string, string>;
  /** By the purchase's number. */
  purchaseIds: readonly string[];
  /** What was answered, in words. */
  answers: readonly string[];
};

export type PlayOptions = { world: World; steps: readonly Step[]; ending: Ending };

/** Of the purchases that are picked to be cancelled, those beyond are ones that nobody ever made. */
const MOST_KNOWN = 950;

const topics: readonly Topic[] = ['florin.users', 'florin.purchases', 'florin.payments'];

/**
 * Does the steps to the services and to the model alike and compares each answer and each message that comes of them; then
 * delivers what is on its way until all is quiet.
 *
 * @param journal gets one line per step, in words
 */
export async function playPurchaseFlow(
  services: PurchaseFlowServices,
  { world, steps, ending }: PlayOptions,
  journal: string[],
): Promise<Play> {
  const sent: Message[] = [];
  const shop = createShop(products, (message) => sent.push(message));
  const bank = createBank(world.terms, (message) => sent.push(message));
  const created = await services.begin(world.terms, [...products]);
  const userIds = new Map(users.map((user) => [user as string, newId()]));
  const productIds = new Map([...products.map(({ name }, index) => [name, created[index] ?? ''] as const), ['unicorn', newId()]]);
  const purchaseIds: string[] = [];
  const said: Event[] = [];
  const everSent: PurchaseRequest[] = [];
  const answersGiven: string[] = [];
  const letters: Letter[] = [];
  const waiting = new Set<Letter>();

  const post = (event: OutgoingEvent, message: Message): void => {
    const letter = { event, message };
    letters.push(letter);
    waiting.add(letter);
  };

  async function buy(asked: Extract<Step, { do: 'buy' }>['requests']): Promise<void> {
    for (const request of asked) {
      const earlier = 'sameAs' in request ? everSent[request.sameAs % everSent.length] : request;
      everSent.push(earlier ?? { user: 'alice', key: 'red', items: [{ product: 'book', quantity: 1 }] });
    }
    const requests = everSent.slice(-asked.length);
    const answers = await services.buy(
      requests.map(({ user, key, items }) => ({
        userId: known(userIds, user),
        idempotencyKey: key,
        items: items.map(({ product, quantity }) => ({ productId: known(productIds, product), quantity })),
      })),
    );
    const results = answers.map((answer) => {
      if ('refused' in answer) return answer;
      if (answer.isReplay) return { replayed: purchaseIds.indexOf(answer.purchaseId) };
      return { accepted: purchaseIds.push(answer.purchaseId) - 1 };
    });
    for (const [index, request] of requests.entries())
      journal.push(`${describeRequest(request)} -> ${JSON.stringify(results[index])}`);
    answersGiven.push(
      ...results.map((result) => ('refused' in result ? `refused ${result.refused}` : Object.keys(result).join())),
    );
    expect(results, 'the answers to the purchases').to.deep.equal(requests.map(shop.buy));
  }

  async function cancel(cancels: Extract<Step, { do: 'cancel' }>['cancels']): Promise<void> {
    const count = purchaseIds.length;
    const chosen = cancels.map(({ pick, by }) => ({ number: pick > MOST_KNOWN || count === 0 ? count : pick % count, by }));
    const answers = await services.cancel(chosen.map(({ number, by }) => ({ purchaseId: purchaseIds[number] ?? newId(), by })));
    for (const [index, { number, by }] of chosen.entries()) journal.push(`${by} cancels #${number} -> ${answers[index]}`);
    answersGiven.push(...answers.map((answer) => `cancel ${answer}`));
    expect(answers, 'the answers to the cancels').to.deep.equal(chosen.map(({ number, by }) => shop.cancel(number, by)));
  }

  async function timeOut(limit: number): Promise<void> {
    const timedOut = await services.timeOut(limit);
    journal.push(`time is over for at most ${limit} purchases -> ${timedOut}`);
    expect(timedOut, 'purchases timed out').to.equal(shop.timeOut(limit));
  }

  async function archive(product: string): Promise<void> {
    journal.push(`staff archives the ${product}`);
    await services.archive(known(productIds, product));
    shop.archive(product);
  }

  /** Auth tells it of each account once; more than once is a re-sent one. */
  function signUp(user: string): void {
    journal.push(`${user} signs up`);
    post(makeEvent('user-registered', { sequence: 1, data: { userId: known(userIds, user) } }), {
      type: 'user-registered',
      user,
    });
  }

  async function deliver(topic: Topic, batch: readonly Letter[], handling: Handling = 'once'): Promise<void> {
    if (batch.length === 0) return;
    const isPayments = topic === 'florin.payments';
    const how = handling === 'once' ? '' : `, ${handling}`;
    journal.push(
      `${isPayments ? 'product' : 'payment'} hears${how}: ${batch.map(({ message }) => describeMessage(message)).join(', ')}`,
    );
    await services.deliver(
      topic,
      batch.map(({ event }) => event),
      handling,
    );
    if (handling === 'with a crash before the commit') return;
    for (const { message } of batch) (isPayments ? shop : bank).hear(message);
    if (handling === 'with a crash after the commit') return;
    for (const letter of batch) waiting.delete(letter);
  }

  function choose({ topic, of, picks }: Extract<Step, { do: 'deliver' }>): Letter[] {
    const there = (of === 'all ever sent' ? letters : [...waiting]).filter(({ event }) => event.topic === topic);
    if (of === 'oldest') return there.slice(0, picks.length);
    return there.length === 0 ? [] : picks.map((pick) => there[pick % there.length] as Letter);
  }

  /** What someone does who has waited too long for an answer: the same facts again, as a new event. */
  function sendAgain({ type: wanted, pick }: Extract<Step, { do: 're-send' }>): void {
    const questions = letters.filter(({ message }) => message.type === wanted);
    const letter = questions[pick % questions.length];
    if (letter === undefined) return;
    const { type, data, sequence } = letter.event.event;
    journal.push(`again, as a new event: ${describeMessage(letter.message)}`);
    post(makeEvent(type, { data, sequence: Number(sequence) }), { ...letter.message });
  }

  /** Brings what the services have said on its way, if it is what the model has said. How often a wallet tells of itself is left open. */
  async function collect(): Promise<void> {
    const events = await services.collect();
    const own = events.filter(({ event }) => event.type !== 'wallet-changed').sort(byKey);
    const expected = sent.splice(0).sort((a, b) => (known(userIds, a.user) < known(userIds, b.user) ? -1 : 1));
    expect(
      own.map(({ event }) => messageOf(event)),
      'what the services say',
    ).to.deep.equal(expected);
    const messages = new Map(own.map(({ event }, index) => [event.id, expected[index]]));
    for (const outgoing of events) {
      said.push(outgoing.event);
      post(outgoing, messages.get(outgoing.event.id) ?? messageOf(outgoing.event));
    }
  }

  function messageOf({ type, data }: Event): Message {
    const { userId, purchaseId, items: _items, transferId: _transfer, ...facts } = data as Record<string, unknown>;
    const user = users.find((name) => userIds.get(name) === userId) ?? (userId as string);
    if (purchaseId === undefined) return { type, user } as Message;
    if (type === 'purchase-cancelled') delete facts['reason'];
    return { type, user, purchase: purchaseIds.indexOf(purchaseId as string), ...facts } as Message;
  }

  async function take(step: Step): Promise<void> {
    switch (step.do) {
      case 'sign up':
        return signUp(step.user);
      case 'buy':
        return buy(step.requests);
      case 'cancel':
        return cancel(step.cancels);
      case 'time out':
        return timeOut(step.limit);
      case 'archive':
        return archive(step.product);
      case 'deliver':
        return deliver(step.topic, choose(step), step.handling);
      case 're-send':
        return sendAgain(step);
    }
  }

  async function untilQuiet(order: Ending): Promise<void> {
    while (waiting.size > 0) {
      for (const topic of topics) {
        const there = [...waiting].filter(({ event }) => event.topic === topic);
        await deliver(topic, order === 'oldest first' ? there : there.reverse());
        await collect();
      }
    }
  }

  for (const user of users.slice(0, world.ready)) signUp(user);
  await untilQuiet('oldest first');
  for (const step of steps) {
    await take(step);
    await collect();
  }
  journal.push(`all that is on its way arrives, ${ending}`);
  await untilQuiet(ending);
  return { shop, bank, said, userIds, productIds, purchaseIds, answers: answersGiven };
}

function byKey(a: OutgoingEvent, b: OutgoingEvent): number {
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

function describeRequest({ user, key, items }: PurchaseRequest): string {
  return `${user} buys ${items.map(({ product, quantity }: Item) => `${quantity} ${product}`).join(' + ')} with the ${key} key`;
}

function describeMessage(message: Message): string {
  return 'purchase' in message ? `${message.type} #${message.purchase}` : `${message.type} of ${message.user}`;
}

function known(map: ReadonlyMap<string, string>, key: string): string {
  const value = map.get(key);
  if (value === undefined) throw new Error(`There is no ${key}.`);
  return value;
}
