import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, defineErrors, envelope, errorMiddleware, validate } from '@florin/app-response';
import { createTokenVerifier, requireAuth, requireRole, userOf } from '@florin/auth-middleware';
import { idBytes, idText, migrateDatabase, newId, openDatabase, runTransaction } from '@florin/database';
import { DEVELOPMENT_SIGNING_KEYS, type Event, makeEvent, parseSigningKeys } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { appendEvents, createMessaging, messagingMigrations } from '@florin/messaging';
import { idValue, type Keyset, keysetPage, linkHeader, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { createLogger, createMetrics, readKafkaDriver } from '@florin/runtime';
import express from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';

// Another team's service, in one file, with Florin's packages from the registry. It packs a parcel for each paid purchase,
// lists a buyer's own parcels, and publishes those that staff have sent.
const {
  DATABASE_URL: databaseUrl = '',
  KAFKA_BROKERS: brokers = '',
  KAFKA_PREFIX: prefix = '',
  JWKS_URL: jwksUrl = '',
  EVENT_SIGNING_KEYS: signingKeys = DEVELOPMENT_SIGNING_KEYS,
} = process.env;

type Parcel = { id: Buffer; purchase_id: Buffer; user_id: Buffer };

const parcels = `CREATE TABLE parcels (
  id BINARY(16) NOT NULL PRIMARY KEY,
  purchase_id BINARY(16) NOT NULL,
  user_id BINARY(16) NOT NULL
)`;
const errors = defineErrors({ PARCEL_UNKNOWN: { status: 404, title: 'There is no such parcel' } });
const newest: Keyset<Parcel> = {
  name: 'newest',
  columns: [{ column: 'id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

const logger = createLogger({ service: 'parcels', level: 'error' });
const db = openDatabase({ url: databaseUrl, poolMax: 5 });
await migrateDatabase(db, [...messagingMigrations, { name: '0001', up: [parcels] }]);

const messaging = createMessaging({
  db,
  databaseUrl,
  broker: kafkaBroker({
    brokers: brokers.split(','),
    security: 'plaintext',
    driver: readKafkaDriver(process.env),
    clientId: 'parcels',
    prefix,
    sessionTimeoutMs: 6_000,
    logger,
  }),
  logger,
  metrics: createMetrics('parcels'),
  service: 'parcels',
  subscriptions: { 'purchase-paid': packParcels },
  signatures: { keys: parseSigningKeys(signingKeys) },
  relay: { pollMs: 100, batchSize: 100, lingerMs: 0 },
  backlog: { maxRows: 1_000, degradedS: 30, maxS: 300 },
  consumerBatchSize: 100,
  onFatal: (error) => {
    throw error;
  },
});
messaging.start();
const verifier = createTokenVerifier({ jwksUrl, issuer: 'florin-auth', audience: 'florin', refreshMs: 60_000 });
await verifier.start();

const app = express();
app.get('/v1/parcels', requireAuth(verifier), async (request, response) => {
  const page = validate(Joi.object<PageRequest>(pageQuery), request.query, { isText: true });
  const mine = db('parcels').where({ user_id: idBytes(userOf(request)?.id ?? '') });
  const found = await keysetPage(mine, newest, page);
  response.set(linkHeader(request.originalUrl, found)).json(pageEnvelope(found, present));
});
app.post('/v1/parcels/:id/send', requireAuth(verifier), requireRole('staff'), async (request, response) => {
  const parcel = await runTransaction(db, (trx) => sendParcel(trx, String(request.params['id'])));
  messaging.wake();
  response.json(envelope(present(parcel)));
});
app.use(errorMiddleware({ requestIdOf: () => 'parcels', onFault: (error) => process.stderr.write(`${String(error)}\n`) }));
const server = createServer(app).listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

async function packParcels(trx: Knex.Transaction, events: readonly Event<'purchase-paid'>[]): Promise<void> {
  // @ts-expect-error Shows that the packages' types arrive: an event of this type has no such field.
  for (const { data } of events) if (data.parcelSize !== undefined) throw new Error('It has?');
  const rows = events.map(({ data }) => ({
    id: idBytes(newId()),
    purchase_id: idBytes(data.purchaseId),
    user_id: idBytes(data.userId),
  }));
  await trx('parcels').insert(rows);
}

async function sendParcel(trx: Knex.Transaction, id: string): Promise<Parcel> {
  const parcel = (await trx('parcels')
    .where({ id: idBytes(id) })
    .forUpdate()
    .first()) as Parcel | undefined;
  if (parcel === undefined) throw new AppError(errors.PARCEL_UNKNOWN, { detail: 'The list names those that there are.' });
  const data = { purchaseId: idText(parcel.purchase_id), userId: idText(parcel.user_id), trackingCode: 'P-1' };
  await appendEvents(trx, [makeEvent('purchase-shipped', { sequence: 9, data })]);
  return parcel;
}

function present({ id, purchase_id }: Parcel): { id: string; purchaseId: string } {
  return { id: idText(id), purchaseId: idText(purchase_id) };
}
