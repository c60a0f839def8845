import { AppError } from '@florin/app-response';
import { createUser } from '@florin/auth-server/users';
import { runTransaction } from '@florin/database';
import { createEventVerifier, type Event, type OutgoingEvent, parseEvent } from '@florin/events';
import type { Subscriptions } from '@florin/messaging';
import { payment as paymentService } from '@florin/payment-server';
import { product as productService } from '@florin/product-server';
import { createCategory, createFamily, createProducts } from '@florin/product-server/catalogue';
import { cancelPurchases, requestPurchases } from '@florin/product-server/purchases';
import { inspectService } from '@florin/service';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import type { Knex } from 'knex';
import { loadMigrations } from '../platform/load-service.ts';
import { forEachService, type ServiceName, serviceNames } from '../platform/service-names.ts';

type Wanted = { productId: string; quantity: number };

/** The operations of the services on databases of their own, without HTTP and Kafka. A test calls them and reads the events that they made. */
export type AuditedPlatform = {
  db: Record<ServiceName, Knex>;
  databaseUrls: Record<ServiceName, string>;
  /** @returns the user's id */
  signUp(email: string): Promise<string>;
  /** @returns the products' ids */
  stockUp(products: readonly { name: string; priceMinor: number; stock: number }[]): Promise<string[]>;
  /** Adds a product with two sizes. */
  addShirt(): Promise<void>;
  /** @returns the purchase's id */
  buy(userId: string, items: readonly Wanted[]): Promise<string>;
  cancel(purchaseId: string): Promise<void>;
  /** Removes and returns the events of all outboxes. */
  takeOutboxes(): Promise<OutgoingEvent[]>;
  /** Delivers events to the services that subscribe to them, one service after the other. */
  deliver(events: readonly OutgoingEvent[]): Promise<void>;
  /** Delivers events until the outboxes are empty. */
  untilQuiet(): Promise<void>;
  stop(): Promise<void>;
};

const terms = { currency: 'EUR' };
const paymentSettings = { WALLET_OPENING_CREDIT_MINOR: '10000', WALLET_SPEND_LIMIT_MINOR: '8000' };

export async function startAuditedPlatform(): Promise<AuditedPlatform> {
  const created = await Promise.all(serviceNames.map(async (name) => createTestDatabase(await loadMigrations(name))));
  const databases = Object.fromEntries(serviceNames.map((name, index) => [name, created[index]])) as Record<
    ServiceName,
    TestDatabase
  >;
  const { auth, product, payment } = databases;
  const paymentSubscriptions = inspectService(paymentService, paymentSettings).subscriptions;
  const productSubscriptions = inspectService(productService).subscriptions;
  let purchases = 0;

  const deliver = async (events: readonly OutgoingEvent[]): Promise<void> => {
    for (const { event } of events) {
      await runTransaction(payment.db, async (trx) => hear(paymentSubscriptions, trx, event));
      await runTransaction(product.db, async (trx) => hear(productSubscriptions, trx, event));
    }
  };
  const takeOutboxes = async (): Promise<OutgoingEvent[]> =>
    (await Promise.all(serviceNames.map((name) => takeOutbox(databases[name].db)))).flat();

  return {
    db: forEachService((name) => databases[name].db),
    databaseUrls: forEachService((name) => databases[name].url),
    signUp: async (email) => (await runTransaction(auth.db, (trx) => createUser(trx, { email, passwordHash: 'none' }))).id,
    stockUp: (products) =>
      runTransaction(product.db, async (trx) => {
        const { id: categoryId } = await createCategory(trx, { name: 'All' });
        return createProducts(
          trx,
          products.map((fields) => ({ ...fields, categoryId })),
          terms,
        );
      }),
    addShirt: () =>
      runTransaction(product.db, async (trx) => {
        const { id: categoryId } = await createCategory(trx, { name: 'Clothing' });
        const variants = ['M', 'L'].map((size) => ({ optionValues: { Size: size }, stock: 5 }));
        await createFamily(trx, { name: 'shirt', priceMinor: 100, categoryId, options: ['Size'], variants }, terms);
      }),
    async buy(userId, items) {
      const request = { userId, idempotencyKey: `key-${purchases++}`, items };
      const [answer] = await runTransaction(product.db, (trx) => requestPurchases(trx, [request]));
      if (answer === undefined || answer instanceof AppError) throw answer ?? new Error('no answer');
      return answer.purchaseId;
    },
    async cancel(purchaseId) {
      await runTransaction(product.db, (trx) => cancelPurchases(trx, [{ purchaseId, by: 'buyer' }]));
    },
    takeOutboxes,
    deliver,
    async untilQuiet() {
      for (let events = await takeOutboxes(); events.length > 0; events = await takeOutboxes()) await deliver(events);
    },
    stop: async () => {
      await Promise.all(created.map((database) => database.drop()));
    },
  };
}

async function hear(subscriptions: Subscriptions, trx: Knex.Transaction, event: Event): Promise<void> {
  const handle = subscriptions[event.type] as ((trx: Knex.Transaction, events: readonly Event[]) => Promise<void>) | undefined;
  await handle?.(trx, [event]);
}

type OutboxRow = { id: number; topic: OutgoingEvent['topic']; message_key: Buffer; payload: string };

async function takeOutbox(db: Knex): Promise<OutgoingEvent[]> {
  const rows: OutboxRow[] = await db('outbox').orderBy('id').select();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await db('outbox').whereIn('id', ids).delete();
  return rows.map(({ topic, message_key, payload }) => ({ topic, key: message_key.toString(), event: eventOf(topic, payload) }));
}

function eventOf(topic: string, payload: string): Event {
  const message = { topic, partition: 0, offset: '0', key: null, value: Buffer.from(payload) };
  const parsed = parseEvent(message, createEventVerifier({ mode: 'off' }));
  if (parsed.kind !== 'event') throw new Error(`The outbox has a message that is ${parsed.kind}: ${payload}`);
  return parsed.event;
}
