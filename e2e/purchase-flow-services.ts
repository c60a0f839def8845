import { AppError } from '@florin/app-response';
import { newId, runTransaction } from '@florin/database';
import {
  createEventVerifier,
  DEVELOPMENT_SIGNING_KEYS,
  type Event,
  type OutgoingEvent,
  parseEvent,
  parseSigningKeys,
} from '@florin/events';
import { type Broker, createConsumer, type MessageBatch, type Subscriptions } from '@florin/messaging';
import { payment as paymentService } from '@florin/payment-server';
import { migrations as paymentMigrations } from '@florin/payment-server/migrations';
import { product as productService } from '@florin/product-server';
import { archiveProduct, createCategory, createProducts, type NewProduct } from '@florin/product-server/catalogue';
import { migrations as productMigrations } from '@florin/product-server/migrations';
import {
  type Cancel,
  type CancelAnswer,
  cancelPurchases,
  isKeyTaken,
  type PurchaseRequest,
  requestPurchases,
  timeOutPurchases,
} from '@florin/product-server/purchases';
import { createLogger, type Failpoint } from '@florin/runtime';
import { inspectService } from '@florin/service';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import type { Knex } from 'knex';
import type { Terms } from './purchase-flow-model.ts';

export type Topic = OutgoingEvent['topic'];
/** How a batch is handled: by one consumer, by two concurrently, or by one that crashes. */
export type Handling = 'once' | 'at two consumers at once' | 'with a crash before the commit' | 'with a crash after the commit';

/** The real product and payment, each on its own database, without HTTP and Kafka: the caller replaces both. */
export type PurchaseFlowServices = {
  product: Knex;
  payment: Knex;
  /** Empties both databases and creates the products; returns their ids. */
  begin(terms: Terms, products: readonly Omit<NewProduct, 'categoryId'>[]): Promise<string[]>;
  /** Returns the purchase's id and whether it is a replay, or the error code of the rejection. */
  buy(requests: readonly PurchaseRequest[]): Promise<({ purchaseId: string; isReplay: boolean } | { refused: string })[]>;
  cancel(cancels: readonly Cancel[]): Promise<CancelAnswer[]>;
  timeOut(limit: number): Promise<number>;
  archive(productId: string): Promise<void>;
  /** Delivers a batch of one topic to its subscriber. */
  deliver(topic: Topic, events: readonly OutgoingEvent[], handling: Handling): Promise<void>;
  /** Takes the events from both outboxes. */
  collect(): Promise<OutgoingEvent[]>;
  stop(): Promise<void>;
};

export async function startPurchaseFlowServices(): Promise<PurchaseFlowServices> {
  const productDatabase = await createTestDatabase(productMigrations);
  const paymentDatabase = await createTestDatabase(paymentMigrations);
  const product = productDatabase.db;
  const payment = paymentDatabase.db;
  let consumers: { product: DrivenConsumer; payment: DrivenConsumer } | undefined;
  return {
    product,
    payment,
    async begin(terms, products) {
      await Promise.all([empty(productDatabase), empty(paymentDatabase)]);
      consumers = {
        product: await driveConsumer(product, 'product', inspectService(productService).subscriptions),
        payment: await driveConsumer(payment, 'payment', inspectService(paymentService, settingsOf(terms)).subscriptions),
      };
      return runTransaction(product, async (trx) => {
        const { id: categoryId } = await createCategory(trx, { name: 'All' });
        return createProducts(
          trx,
          products.map((fields) => ({ ...fields, categoryId })),
          terms,
        );
      });
    },
    async buy(requests) {
      const answers = await runTransaction(product, (trx) => requestPurchases(trx, requests), isKeyTaken);
      return answers.map((answer) => (answer instanceof AppError ? { refused: answer.code } : answer));
    },
    cancel: (cancels) => runTransaction(product, (trx) => cancelPurchases(trx, cancels)),
    // Makes every undecided purchase overdue.
    timeOut: (limit) => runTransaction(product, (trx) => timeOutPurchases(trx, { timeoutS: -1, limit })),
    archive: (productId) => runTransaction(product, (trx) => archiveProduct(trx, productId, { ifMatch: '*', by: newId() })),
    deliver: async (topic, events, handling) =>
      consumers?.[topic === 'florin.payments' ? 'product' : 'payment'].deliver(topic, events, handling),
    collect: async () =>
      [...(await takeOutbox(product)), ...(await takeOutbox(payment))].filter(({ topic }) => topic !== 'florin.products'),
    stop: async () => {
      await Promise.all([productDatabase.drop(), paymentDatabase.drop()]);
    },
  };
}

function settingsOf({ currency, openingCreditMinor, spendLimitMinor }: Terms): Record<string, string> {
  return {
    FLORIN_CURRENCY: currency,
    WALLET_OPENING_CREDIT_MINOR: String(openingCreditMinor),
    WALLET_SPEND_LIMIT_MINOR: String(spendLimitMinor),
  };
}

type DrivenConsumer = Pick<PurchaseFlowServices, 'deliver'>;

class Crash extends Error {}

/** A service's real consumer behind a broker that delivers on request. */
async function driveConsumer(db: Knex, service: string, subscriptions: Subscriptions): Promise<DrivenConsumer> {
  let onBatch: (batch: MessageBatch) => Promise<void> = () => Promise.reject(new Error('not subscribed'));
  let crashPoint: Failpoint | undefined;
  let offset = 0;
  const consumer = createConsumer({
    db,
    broker: brokerOf((subscribed) => {
      onBatch = subscribed;
    }),
    logger: Object.assign(createLogger({ service, level: 'error' }), { silent: true }),
    consumer: `florin.${service}`,
    subscriptions,
    signatures: { keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) },
    batchSize: 100,
    reachFailpoint(point) {
      if (point === crashPoint) throw new Crash(point);
    },
    onCommitted: () => {},
    onFatal: () => {},
  });
  await consumer.start();

  return {
    async deliver(topic, events, handling) {
      const messages = events.map(({ key, event }) => ({
        offset: String(offset++),
        key: Buffer.from(key),
        value: Buffer.from(JSON.stringify(event)),
        headers: {},
      }));
      const batch = { topic, partition: 0, messages, heartbeat: () => Promise.resolve(), isStale: () => false };
      crashPoint = crashPoints[handling];
      const mustCrash = crashPoint !== undefined;
      const times = handling === 'at two consumers at once' ? 2 : 1;
      const hasCrashed = await crashes(() => Promise.all(Array.from({ length: times }, () => onBatch(batch))));
      crashPoint = undefined;
      const letter = (await db('dead_letters').first('reason')) as { reason: string } | undefined;
      if (letter !== undefined) throw new Error(`${service} set an event aside: ${letter.reason}`);
      if (hasCrashed !== mustCrash) throw new Error(`${service} should have crashed.`);
    },
  };
}

const crashPoints: { [H in Handling]?: Failpoint } = {
  'with a crash before the commit': 'before-commit',
  'with a crash after the commit': 'after-commit-before-offset',
};

async function crashes(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

function brokerOf(onSubscribe: (onBatch: (batch: MessageBatch) => Promise<void>) => void): Broker {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    connect: nothing,
    publish: nothing,
    maxBatchBytes: async () => 1_000_000,
    follow: () => ({ stop: nothing, check: () => {}, ageMs: () => 0 }),
    createTopics: nothing,
    resetOffsets: nothing,
    bounds: async () => [],
    offsetsAt: async () => [],
    durabilityFaults: async () => [],
    check: nothing,
    disconnect: nothing,
    subscribe({ onBatch }) {
      onSubscribe(onBatch);
      return Promise.resolve({ stop: nothing, setPaused: () => {}, check: () => {} });
    },
  };
}

type OutboxRow = { id: number; topic: Topic; message_key: Buffer; event_id: Buffer; payload: string };

async function takeOutbox(db: Knex): Promise<OutgoingEvent[]> {
  const rows: OutboxRow[] = await db('outbox').orderBy('id').select();
  if (rows.length > 0)
    await db('outbox')
      .whereIn(
        'id',
        rows.map(({ id }) => id),
      )
      .delete();
  return rows.map(({ topic, message_key, payload }) => ({ topic, key: message_key.toString(), event: eventOf(topic, payload) }));
}

function eventOf(topic: string, payload: string): Event {
  const message = { topic, partition: 0, offset: '0', key: null, value: Buffer.from(payload) };
  const parsed = parseEvent(message, createEventVerifier({ mode: 'off' }));
  if (parsed.kind !== 'event') throw new Error(`The outbox has a message that is ${parsed.kind}: ${payload}`);
  return parsed.event;
}

/** Filled by migrations: a transfer needs its accounts and an open period, a move of a category the row of the tree. */
const FIXED_TABLES = ['migrations', 'migrations_lock', 'accounts', 'ledger_periods', 'category_tree'];

/** Uses TRUNCATE, which the triggers of the append-only ledger do not reject. */
async function empty({ db }: TestDatabase): Promise<void> {
  const [tables] = (await db.raw(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name NOT IN (${FIXED_TABLES.map(() => '?').join(', ')})`,
    FIXED_TABLES,
  )) as [{ name: string }[]];
  await db.transaction(async (connection) => {
    await connection.raw('SET FOREIGN_KEY_CHECKS = 0');
    for (const { name } of tables) await connection.raw('TRUNCATE TABLE ??', [name]);
    await connection.raw('SET FOREIGN_KEY_CHECKS = 1');
  });
}
