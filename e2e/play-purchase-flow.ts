import { newId } from '@florin/database';
import { type Event, makeEvent, type OutgoingEvent } from '@florin/events';
import { expect } from 'chai';
import { createPlayedNetwork, type Letter, type PlayedNetwork } from './played-network.ts';
import { type Bank, createBank, createShop, type Message, type PurchaseRequest, type Shop } from './purchase-flow-model.ts';
import { createNames, describeMessage, describeRequest, idOf, messageOf, type Names } from './purchase-flow-names.ts';
import type { Handling, PurchaseFlowServices, Topic } from './purchase-flow-services.ts';
import { type Ending, products, type Question, type Step, users, type World } from './purchase-flow-steps.ts';

/** One run: the services, their model, and the network between them. */
export type Play = {
  services: PurchaseFlowServices;
  shop: Shop;
  bank: Bank;
  /** Messages of the model that are not yet compared with the services. */
  modelSaid: Message[];
  network: PlayedNetwork;
  names: Names;
  /** Every requested purchase. */
  asked: PurchaseRequest[];
  /** The answer to each request, as text. */
  answers: string[];
  /** All messages of the services. */
  said: Event[];
  /** One line for each step. */
  journal: string[];
};

export type PlayOptions = { world: World; steps: readonly Step[]; ending: Ending };

const topics: readonly Topic[] = ['florin.users', 'florin.purchases', 'florin.payments'];

/**
 * Applies the steps to the services and to the model, and compares each answer and each message. Then it delivers the
 * messages in flight until there are none.
 *
 * @param journal is written during the run, so that it is complete after a failure
 */
export async function playPurchaseFlow(
  services: PurchaseFlowServices,
  { world, steps, ending }: PlayOptions,
  journal: string[],
): Promise<Play> {
  const play = await beginPlay(services, world, journal);
  for (const step of steps) {
    await take(play, step);
    await collect(play);
  }
  journal.push(`all messages in flight arrive, ${ending}`);
  await deliverAll(play, ending);
  return play;
}

async function beginPlay(services: PurchaseFlowServices, { terms, ready }: World, journal: string[]): Promise<Play> {
  const modelSaid: Message[] = [];
  const send = (message: Message): void => {
    modelSaid.push(message);
  };
  const play: Play = {
    services,
    shop: createShop(products, send),
    bank: createBank(terms, send),
    modelSaid,
    network: createPlayedNetwork(),
    names: createNames(await services.begin(terms, [...products])),
    asked: [],
    answers: [],
    said: [],
    journal,
  };
  for (const user of users.slice(0, ready)) signUp(play, user);
  await deliverAll(play, 'oldest first');
  return play;
}

async function take(play: Play, step: Step): Promise<void> {
  switch (step.do) {
    case 'sign up':
      return signUp(play, step.user);
    case 'buy':
      return buy(play, step.requests);
    case 'cancel':
      return cancel(play, step.cancels);
    case 'time out':
      return timeOut(play, step.limit);
    case 'archive':
      return archive(play, step.product);
    case 'deliver':
      return deliver(play, play.network.choose(step), step.handling);
    case 're-send':
      return sendAgain(play, step);
  }
}

/** Auth publishes an account once. Published again, it is the same fact as a new event. */
function signUp({ network, names, journal }: Play, user: string): void {
  journal.push(`${user} signs up`);
  const event = makeEvent('user-registered', { sequence: 1, data: { userId: idOf(names.userIds, user) } });
  network.post({ event, message: { type: 'user-registered', user } });
}

async function buy(play: Play, wanted: Extract<Step, { do: 'buy' }>['requests']): Promise<void> {
  const { services, shop, names, asked, answers, journal } = play;
  const from = asked.length;
  for (const request of wanted) {
    const found = 'sameAs' in request ? asked[request.sameAs % asked.length] : request;
    if (found !== undefined) asked.push(found);
  }
  const requests = asked.slice(from);
  if (requests.length === 0) return;
  const given = await services.buy(requests.map((request) => inIds(names, request)));
  const results = given.map((answer) => {
    if ('refused' in answer) return answer;
    if (answer.isReplay) return { replayed: names.purchaseIds.indexOf(answer.purchaseId) };
    return { accepted: names.purchaseIds.push(answer.purchaseId) - 1 };
  });
  for (const [index, result] of results.entries()) {
    journal.push(`${describeRequest(requests[index] as PurchaseRequest)} -> ${JSON.stringify(result)}`);
    answers.push('refused' in result ? `refused ${result.refused}` : Object.keys(result).join());
  }
  expect(results, 'the answers to the purchases').to.deep.equal(requests.map(shop.buy));
}

function inIds({ userIds, productIds }: Names, { user, key, items }: PurchaseRequest) {
  return {
    userId: idOf(userIds, user),
    idempotencyKey: key,
    items: items.map(({ product, quantity }) => ({ productId: idOf(productIds, product), quantity })),
  };
}

async function cancel(play: Play, cancels: Extract<Step, { do: 'cancel' }>['cancels']): Promise<void> {
  const { services, shop, names, answers, journal } = play;
  const count = names.purchaseIds.length;
  const chosen = cancels.map(({ pick, by }) => ({ by, number: pick === 'unknown' || count === 0 ? count : pick % count }));
  const results = await services.cancel(
    chosen.map(({ number, by }) => ({ purchaseId: names.purchaseIds[number] ?? newId(), by })),
  );
  for (const [index, { number, by }] of chosen.entries()) journal.push(`${by} cancels #${number} -> ${results[index]}`);
  answers.push(...results.map((result) => `cancel ${result}`));
  expect(results, 'the answers to the cancels').to.deep.equal(chosen.map(({ number, by }) => shop.cancel(number, by)));
}

async function timeOut({ services, shop, journal }: Play, limit: number): Promise<void> {
  const timedOut = await services.timeOut(limit);
  journal.push(`time is up for at most ${limit} purchases -> ${timedOut}`);
  expect(timedOut, 'purchases timed out').to.equal(shop.timeOut(limit));
}

async function archive({ services, shop, names, journal }: Play, product: string): Promise<void> {
  journal.push(`staff archives the ${product}`);
  await services.archive(idOf(names.productIds, product));
  shop.archive(product);
}

/** @param batch messages of one topic */
async function deliver(play: Play, batch: readonly Letter[], handling: Handling = 'once'): Promise<void> {
  const { services, shop, bank, network, journal } = play;
  const [first] = batch;
  if (first === undefined) return;
  const { topic } = first.event;
  const [listener, hear] = topic === 'florin.payments' ? (['product', shop.hear] as const) : (['payment', bank.hear] as const);
  const words = batch.map(({ message }) => describeMessage(message)).join(', ');
  journal.push(`${listener} hears${handling === 'once' ? '' : `, ${handling}`}: ${words}`);
  const events = batch.map(({ event }) => event);
  await services.deliver(topic, events, handling);
  if (handling === 'with a crash before the commit') return;
  for (const { message } of batch) hear(message);
  if (handling !== 'with a crash after the commit') network.arrived(batch);
}

/** Sends the same facts as a new event, as a reconciler does without an answer. */
function sendAgain({ network, journal }: Play, wanted: { type: Question; pick: number }): void {
  const letter = network.find(wanted);
  if (letter === undefined) return;
  const { type, data, sequence } = letter.event.event;
  journal.push(`again, as a new event: ${describeMessage(letter.message)}`);
  network.post({ event: makeEvent(type, { data, sequence: Number(sequence) }), message: { ...letter.message } });
}

async function deliverAll(play: Play, order: Ending): Promise<void> {
  while (!play.network.isQuiet()) {
    for (const topic of topics) {
      const there = play.network.waiting(topic);
      await deliver(play, order === 'oldest first' ? there : there.reverse());
      await collect(play);
    }
  }
}

/**
 * Sends the services' new messages if they equal the model's, in the same order for each user. The number of messages about
 * a wallet may differ: there is one for each set of changes.
 */
async function collect({ services, modelSaid, network, names, said }: Play): Promise<void> {
  const events = await services.collect();
  const compared = events.filter(({ event }) => event.type !== 'wallet-changed').sort(byUser);
  const expected = modelSaid
    .splice(0)
    .sort((a, b) => byUser({ key: idOf(names.userIds, a.user) }, { key: idOf(names.userIds, b.user) }));
  const inWords = compared.map(({ event }) => messageOf(names, event));
  expect(inWords, 'messages of the services').to.deep.equal(expected);
  const messages = new Map(compared.map((event, index) => [event, expected[index]]));
  for (const event of events) {
    said.push(event.event);
    network.post({ event, message: messages.get(event) ?? messageOf(names, event.event) });
  }
}

function byUser(a: Pick<OutgoingEvent, 'key'>, b: Pick<OutgoingEvent, 'key'>): number {
  return a.key.localeCompare(b.key);
}
