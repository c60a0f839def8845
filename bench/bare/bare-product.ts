import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@florin/app-response';
import { runTransaction } from '@florin/database';
import { isKeyTaken, type PurchaseAnswer, type PurchaseRequest, requestPurchases } from '@florin/product-server/purchases';
import { createBatcher } from '@florin/runtime';
import { recordAnswered } from '../hand-over.ts';
import { openUnsigned } from '../open-unsigned.ts';

/**
 * Product reduced to its statements behind Node's own HTTP server: no framework, no broker, no validation, no logging. Tokens
 * are not verified. The difference to the platform is the cost of the rest.
 */
const { PRODUCT_DATABASE_URL = '', PAYMENT_DATABASE_URL = '', PRODUCT_PORT = '' } = process.env;
const IDLE_MS = 2;
const product = openUnsigned({ url: PRODUCT_DATABASE_URL, poolMax: 8 });
const payment = openUnsigned({ url: PAYMENT_DATABASE_URL, poolMax: 2 });

const purchases = createBatcher<PurchaseRequest, PurchaseAnswer | AppError>({
  maxInFlight: 2,
  maxItems: 256,
  maxWeight: 256,
  weightOf: () => 1,
  run: async (requests) => {
    const answers = await runTransaction(product, (trx) => requestPurchases(trx, requests), isKeyTaken);
    return answers.map((value) => ({ status: 'fulfilled', value }));
  },
});

const server = createServer((request, response) => {
  if (request.method === 'GET') response.end('{}');
  else void take(request, response);
}).listen(Number(PRODUCT_PORT), '127.0.0.1');

let isStopping = false;
const recording = (async () => {
  while (!isStopping) if ((await recordAnswered({ product, payment })).events === 0) await sleep(IDLE_MS);
})();

process.once('SIGTERM', () => {
  isStopping = true;
  server.close();
  server.closeAllConnections();
  void recording.then(() => process.exit());
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await purchases.add(await readRequest(request));
  const isTaken = !(answer instanceof AppError);
  response.writeHead(isTaken ? 202 : 409, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data: isTaken ? answer.purchase : answer.message }));
}

async function readRequest(request: IncomingMessage): Promise<PurchaseRequest> {
  const { items } = JSON.parse(await text(request)) as Pick<PurchaseRequest, 'items'>;
  const [, claims = ''] = (request.headers.authorization ?? '').split('.');
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return { userId: sub, idempotencyKey: String(request.headers['idempotency-key']), items };
}
