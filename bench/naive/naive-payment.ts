import { createServer } from 'node:http';
import { payPurchases, refundPurchases } from '@florin/payment-server/payments';
import { createLogger } from '@florin/runtime';
import { openUnsigned } from '../open-unsigned.ts';
import { consumeOneByOne } from './consume-one-by-one.ts';

/** A simple payment: one transaction per event. */
const { PAYMENT_DATABASE_URL = '', PAYMENT_PORT = '', DATABASE_POOL_MAX = '20' } = process.env;
const logger = createLogger({ service: 'payment', level: 'info' });
const db = openUnsigned({ url: PAYMENT_DATABASE_URL, poolMax: Number(DATABASE_POOL_MAX) });
const messaging = await consumeOneByOne({
  service: 'payment',
  db,
  databaseUrl: PAYMENT_DATABASE_URL,
  logger,
  topic: 'florin.purchases',
  handlers: {
    'purchase-requested': (trx, event) => payPurchases(trx, [event]),
    'purchase-cancelled': (trx, event) => refundPurchases(trx, [event], { currency: 'EUR' }),
  },
});
const server = createServer((_request, response) => response.end('{}')).listen(Number(PAYMENT_PORT), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void messaging.stop().then(() => process.exit());
});
