import { idTimeMs } from '@florin/database';
import { openOperatorKafka } from '../platform/operator-broker.ts';
import { type Part, partOr, readPart } from '../platform/part.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { forEachService, type ServiceName, serviceNames } from '../platform/service-names.ts';
import { withDatabase } from '../status/read-database.ts';
import { readEvents, type TracedEvent } from './read-events.ts';
import { readInbox } from './read-inbox.ts';
import { type LogLine, type LogSource, readLogLines } from './read-log-lines.ts';
import { readPayment, type TracedPayment } from './read-payment.ts';
import { readPurchase, type TracedPurchase } from './read-purchase.ts';
import { readWaiting, type WaitingEvent } from './read-waiting.ts';

export type PurchaseTrace = {
  purchaseId: string;
  traceIds: string[];
  /** null: product does not know it. */
  purchase: Part<TracedPurchase | null>;
  /** null: payment has not decided. */
  payment: Part<TracedPayment | null>;
  /** Events of it that wait in each service's outbox or dead letters. */
  waiting: Record<ServiceName, Part<WaitingEvent[]>>;
  events: Part<TracedEvent[]>;
  /** When each service handled these events, by event id. */
  handled: Record<ServiceName, Part<Record<string, string>>>;
  log: Part<LogLine[]>;
};

export type TraceOptions = {
  log: LogSource;
  /** The addresses of databases and Kafka. */
  environment: NodeJS.ProcessEnv;
};

/** Each part has its own time limit. Kafka takes longest: joining a group alone takes seconds. */
const DATABASE_TIMEOUT_MS = 5_000;
const KAFKA_TIMEOUT_MS = 30_000;
const LOG_TIMEOUT_MS = 30_000;

/** Clocks of services and broker may differ by seconds, and events are published late while Kafka is away. */
const BEFORE_MS = 60_000;
const AFTER_MS = 3_600_000;

/** Collects all that is known of a purchase, from the parts of the platform that answer. */
export async function tracePurchase(purchaseId: string, { log, environment }: TraceOptions): Promise<PurchaseTrace> {
  const urls = await readPart(() => findServiceDatabases(environment), DATABASE_TIMEOUT_MS);
  const inDatabase = <T>(service: ServiceName, read: Parameters<typeof withDatabase<T>>[1]): Promise<Part<T>> =>
    readPart(async () => {
      if (!urls.isThere) throw new Error(urls.fault);
      return withDatabase(urls.value[service], read);
    }, DATABASE_TIMEOUT_MS);

  const [purchase, payment, waiting] = await Promise.all([
    inDatabase('product', async (db) => (await readPurchase(db, purchaseId)) ?? null),
    inDatabase('payment', async (db) => (await readPayment(db, purchaseId)) ?? null),
    forAllServices((service) => inDatabase(service, (db) => readWaiting(db, purchaseId))),
  ]);
  const known = partOr(purchase, null);
  const userId = known?.userId ?? partOr(payment, null)?.userId;
  const begunMs = known === null ? (idTimeMs(purchaseId) ?? 0) : Date.parse(known.createdAt);
  const endMs = known === null || known.status === 'requested' ? Date.now() : Date.parse(known.updatedAt) + AFTER_MS;
  const period = { fromMs: begunMs - BEFORE_MS, toMs: endMs };
  const events = await readPart(async () => {
    const kafka = await openOperatorKafka('florin-trace', environment);
    try {
      return await readEvents(kafka, { purchaseId, userId, ...period });
    } finally {
      await readPart(() => kafka.disconnect(), 1_000);
    }
  }, KAFKA_TIMEOUT_MS);
  const found = partOr(events, []);
  const ids = new Set([...found.map(({ id }) => id), ...(known?.timeline.map(({ eventId }) => eventId) ?? [])]);
  const handled = await forAllServices((service) => inDatabase(service, (db) => readInbox(db, [...ids])));
  const traceIds = traceIdsOf(found, Object.values(waiting));
  return {
    purchaseId,
    traceIds,
    purchase,
    payment,
    waiting,
    events,
    handled,
    log: await readPart(() => readLogLines(log, { ...period, texts: [purchaseId, ...traceIds], environment }), LOG_TIMEOUT_MS),
  };
}

async function forAllServices<T>(read: (service: ServiceName) => Promise<T>): Promise<Record<ServiceName, T>> {
  const values = new Map(await Promise.all(serviceNames.map(async (name) => [name, await read(name)] as const)));
  return forEachService((name) => values.get(name) as T);
}

/** The trace ids in the events' `traceparent` (W3C Trace Context). */
function traceIdsOf(events: readonly TracedEvent[], waiting: readonly Part<WaitingEvent[]>[]): string[] {
  const parents = events.map(({ traceparent }) => traceparent ?? '');
  const payloads = waiting.flatMap((part) => partOr(part, []).map(({ payload }) => payload));
  const ids = [...parents, ...payloads].flatMap((text) => /00-([0-9a-f]{32})-[0-9a-f]{16}-/.exec(text)?.[1] ?? []);
  return [...new Set(ids)];
}
