import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { payRequested } from '../hand-over.ts';
import { openUnsigned } from '../open-unsigned.ts';

/** Payment reduced to its statements. It reads its work from product's outbox directly. */
const { PRODUCT_DATABASE_URL = '', PAYMENT_DATABASE_URL = '', PAYMENT_PORT = '' } = process.env;
const IDLE_MS = 2;
const product = openUnsigned({ url: PRODUCT_DATABASE_URL, poolMax: 2 });
const payment = openUnsigned({ url: PAYMENT_DATABASE_URL, poolMax: 8 });
const server = createServer((_request, response) => response.end('{}')).listen(Number(PAYMENT_PORT), '127.0.0.1');

let isStopping = false;
const paying = (async () => {
  while (!isStopping) if ((await payRequested({ product, payment })) === 0) await sleep(IDLE_MS);
})();

process.once('SIGTERM', () => {
  isStopping = true;
  server.close();
  server.closeAllConnections();
  void paying.then(() => process.exit());
});
