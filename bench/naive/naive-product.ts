import { createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '@florin/app-response';
import { newId, runTransaction } from '@florin/database';
import { projectLimits } from '@florin/product-server/buyer-limits';
import { isKeyTaken, readPurchase, recordOutcomes, requestPurchases } from '@florin/product-server/purchases';
import { createLogger } from '@florin/runtime';
import express from 'express';
import Joi from 'joi';
import jwt from 'jsonwebtoken';
import { openUnsigned } from '../open-unsigned.ts';
import { consumeOneByOne } from './consume-one-by-one.ts';

/**
 * A simple product: default Express, the token verified at each request, one transaction per request and per event. Tables,
 * statements, outbox and relay are Florin's, so that only the structure differs.
 */
const { PRODUCT_DATABASE_URL = '', PRODUCT_PORT = '', JWKS_URL = '', DATABASE_POOL_MAX = '20' } = process.env;
const logger = createLogger({ service: 'product', level: 'info' });
const db = openUnsigned({ url: PRODUCT_DATABASE_URL, poolMax: Number(DATABASE_POOL_MAX) });
const publicKey = await fetchKey(JWKS_URL);

const body = Joi.object<{ items: { productId: string; quantity: number }[] }>({
  items: Joi.array()
    .items(Joi.object({ productId: Joi.string().guid().required(), quantity: Joi.number().integer().min(1).required() }))
    .min(1)
    .max(50)
    .required(),
});

const messaging = await consumeOneByOne({
  service: 'product',
  db,
  databaseUrl: PRODUCT_DATABASE_URL,
  logger,
  topic: 'florin.payments',
  handlers: {
    'wallet-opened': (trx, event) => projectLimits(trx, [event]),
    'wallet-changed': (trx, event) => projectLimits(trx, [event]),
    'purchase-paid': (trx, event) => recordOutcomes(trx, [event]),
    'purchase-declined': (trx, event) => recordOutcomes(trx, [event]),
    'purchase-refunded': (trx, event) => recordOutcomes(trx, [event]),
  },
});

const app = express();
app.use(express.json({ limit: '100kb' }));
app.get('/health/ready', (_request, response) => response.json({ status: 'ok' }));
app.post('/v1/purchases', async (request, response) => {
  const startedAt = Date.now();
  const token = request.get('authorization')?.slice('Bearer '.length) ?? '';
  const { sub = '' } = jwt.verify(token, publicKey, { algorithms: ['RS256'] }) as jwt.JwtPayload;
  const { items } = Joi.attempt(request.body, body) as { items: { productId: string; quantity: number }[] };
  const purchase = { userId: sub, idempotencyKey: request.get('idempotency-key') ?? '', items };
  const [answer] = await runTransaction(db, (trx) => requestPurchases(trx, [purchase]), isKeyTaken);
  if (answer === undefined || answer instanceof AppError) {
    response.status(answer?.definition.status ?? 500).json({ title: answer?.message });
    return;
  }
  messaging.wake();
  response.status(202).json({ data: await readPurchase(db, answer.purchaseId) });
  logger.info('request', { requestId: newId(), method: 'POST', path: request.path, durationMs: Date.now() - startedAt });
});
const server = app.listen(Number(PRODUCT_PORT), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void messaging.stop().then(() => process.exit());
});

async function fetchKey(url: string): Promise<KeyObject> {
  const { keys } = (await (await fetch(url)).json()) as { keys: [{ n: string; e: string }] };
  return createPublicKey({ key: { kty: 'RSA', n: keys[0].n, e: keys[0].e }, format: 'jwk' });
}
