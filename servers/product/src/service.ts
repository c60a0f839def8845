import { createGuard, createTokenVerifier } from '@florin/auth-middleware';
import { auditLogRoutes, createApp, type Endpoint, type HttpServer, startHttpServer } from '@florin/http';
import { kafkajsBroker } from '@florin/kafka';
import {
  createMessaging,
  deadLetterRoutes,
  followSessions,
  parkedEventRoutes,
  requireDurability,
  watchServiceClocks,
} from '@florin/messaging';
import {
  armFailpoint,
  createLogger,
  createMetrics,
  createTransact,
  failProcess,
  openDatabase,
  type Service,
} from '@florin/runtime';
import { createImporter } from './bulk/import-products.ts';
import { createImportPruning } from './bulk/import-pruning.ts';
import { bulkRoutes } from './bulk/routes.ts';
import { categoryRoutes } from './categories/routes.ts';
import type { Config } from './config.ts';
import { productRoutes } from './products/routes.ts';
import { createPurchaseAcceptor } from './purchases/accept-purchases.ts';
import { createDecisionWatch } from './purchases/decision-watch.ts';
import { purchaseRoutes } from './purchases/routes.ts';
import { createTimeoutSweeper } from './purchases/timeout-sweeper.ts';
import { stockRoutes } from './stock/routes.ts';
import { subscriptions } from './subscriptions.ts';

export type ProductService = Service & { port(): number; endpoints: readonly Endpoint[] };

/** The product service: what it is built of, and how that is joined. Nothing connects before `start`. */
export function createService(config: Config): ProductService {
  const { currency, kafka, jwt } = config;
  const logger = createLogger({ service: 'product', level: config.logLevel });
  const metrics = createMetrics('product');
  const db = openDatabase({ url: config.databaseUrl, poolMax: config.databasePoolMax });
  const broker = kafkajsBroker({ ...kafka, clientId: 'florin-product', logger });
  const clocks = watchServiceClocks({ db, broker, logger, metrics, maxDifferenceMs: config.clockMaxDifferenceMs });
  const decisions = createDecisionWatch(db);
  const messaging = createMessaging({
    db,
    databaseUrl: config.databaseUrl,
    broker,
    logger,
    service: 'product',
    subscriptions,
    relay: {
      pollMs: kafka.outboxPollMs,
      batchSize: kafka.outboxBatchSize,
      batchBytes: kafka.outboxBatchBytes,
      lingerMs: kafka.outboxLingerMs,
    },
    eventMaxBytes: kafka.eventMaxBytes,
    backlog: kafka.backlog,
    metrics,
    consumerBatchSize: kafka.consumerBatchSize,
    reachFailpoint: armFailpoint(config.crashAt),
    onCommitted: decisions.heard,
    clocks,
    onFatal: failProcess,
  });
  const transact = createTransact(db, messaging);
  const verifier = createTokenVerifier({ ...jwt, refreshMs: jwt.jwksRefreshS * 1000, logger, clock: clocks });
  const acceptor = createPurchaseAcceptor({
    transact,
    assertTimely: messaging.assertTimely,
    batchSize: config.purchaseBatchSize,
    mostWaiting: config.purchaseMostWaiting,
  });
  const importer = createImporter({ transact, currency, ...config.imports });
  const sessions = followSessions({
    broker,
    logger,
    service: 'product',
    tokenLifeMs: jwt.tokenLifeMs,
    applyRevocation: verifier.applyRevocation,
  });
  const sweeper = createTimeoutSweeper({ transact, logger, clocks, timeoutS: config.purchaseTimeoutS });
  const importPruning = createImportPruning({ transact, logger, clocks }, config.importPruning);
  const endpoints = [
    ...categoryRoutes({ db, transact }),
    ...bulkRoutes({ db, importer, bounds: config.imports }),
    ...productRoutes({ db, transact, currency }),
    ...stockRoutes({ db, transact }),
    ...purchaseRoutes({ db, transact, currency, acceptor, decisions }),
    ...deadLetterRoutes('product', messaging.handling),
    ...parkedEventRoutes('product', { db, wake: messaging.wake }),
    ...auditLogRoutes('product', db),
  ];
  const app = createApp({
    title: 'Florin product',
    endpoints,
    guard: createGuard(verifier),
    limits: config.limits,
    cursorKey: config.cursorKey,
    logger,
    metrics,
    readiness: {
      database: async () => {
        await db.raw('SELECT 1');
        clocks.check('database');
      },
      keys: verifier.check,
      sessions: sessions.check,
      ...messaging.checks,
    },
  });
  let http: HttpServer | undefined;

  return {
    endpoints,
    async start() {
      await clocks.start();
      if (config.isProduction) await requireDurability(db, broker);
      messaging.start();
      await sessions.start();
      await verifier.start();
      http = await startHttpServer(app, { ...config, portSetting: 'PRODUCT_PORT' });
      sweeper.start();
      importPruning.start();
      logger.info('listening', { port: http.port });
    },
    async stop() {
      decisions.stop();
      await http?.stop();
      clocks.stop();
      await verifier.stop();
      await Promise.all([sweeper.stop(), importPruning.stop(), sessions.stop(), messaging.stop()]);
      await db.destroy();
    },
    port: () => http?.port ?? 0,
  };
}
