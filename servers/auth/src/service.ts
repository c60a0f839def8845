import { createGuard, createTokenVerifier } from '@florin/auth-middleware';
import { auditLogRoutes, createApp, type Endpoint, type HttpServer, startHttpServer } from '@florin/http';
import { kafkajsBroker } from '@florin/kafka';
import {
  type Broker,
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
  type Logger,
  openDatabase,
  type Service,
} from '@florin/runtime';
import { accountRoutes } from './accounts/routes.ts';
import type { AuthConfig } from './config.ts';
import { keyRoutes } from './keys/routes.ts';
import { createSigningKeys } from './keys/signing-keys.ts';
import { createPasswordLimits } from './passwords/password-limits.ts';
import { createPasswords } from './passwords/passwords.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { createSessionPruning } from './sessions/session-pruning.ts';
import { subscriptions } from './subscriptions.ts';
import { userAdminRoutes } from './users/admin-routes.ts';
import { createFirstAdmin } from './users/create-first-admin.ts';
import { userRoutes } from './users/routes.ts';

export type AuthService = Service & { port(): number; endpoints: readonly Endpoint[] };

type Overrides = { logger?: Logger; broker?: Broker };

/** Builds auth from its parts. Nothing connects before `start`. */
export function createService(config: AuthConfig, overrides: Overrides = {}): AuthService {
  const { databaseUrl, kafka, jwt } = config;
  const logger = overrides.logger ?? createLogger({ service: 'auth', level: config.logLevel });
  const metrics = createMetrics('auth');
  const db = openDatabase({ url: databaseUrl, poolMax: config.databasePoolMax });
  const broker = overrides.broker ?? kafkajsBroker({ ...kafka, clientId: 'florin-auth', logger });
  const clocks = watchServiceClocks({ db, broker, logger, metrics, maxDifferenceMs: config.clockMaxDifferenceMs });
  const messaging = createMessaging({
    db,
    databaseUrl,
    broker,
    logger,
    service: 'auth',
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
    clocks,
    onFatal: failProcess,
  });
  const transact = createTransact(db, messaging);
  const passwords = createPasswords();
  const { isShared, ...limits } = config.passwordLimits;
  const passwordLimits = createPasswordLimits({ ...limits, ...(isShared ? { store: { db, logger } } : {}) });
  const signingKeys = createSigningKeys({
    db,
    transact,
    encryptionKey: config.keyEncryptionKey,
    refreshMs: jwt.jwksRefreshS * 1000,
    logger,
  });
  const verifier = createTokenVerifier({
    fetchKeys: signingKeys.published,
    issuer: jwt.issuer,
    audience: jwt.audience,
    refreshMs: jwt.jwksRefreshS * 1000,
    tokenLifeMs: jwt.tokenLifeMs,
    logger,
    clock: clocks,
  });
  const sessions = followSessions({
    broker,
    logger,
    service: 'auth',
    tokenLifeMs: jwt.tokenLifeMs,
    applyRevocation: verifier.applyRevocation,
  });
  const guard = createGuard(verifier);
  const tokenTerms = { issuer: jwt.issuer, audience: jwt.audience, ttlS: config.accessTokenTtlS };
  const endpoints = [
    ...accountRoutes({
      db,
      transact,
      passwords,
      passwordLimits,
      signingKeys,
      tokenTerms,
      sessionTtlS: config.sessionTtlS,
      mostSessions: config.mostSessions,
    }),
    ...sessionRoutes({ db, transact, accessTokenTtlS: config.accessTokenTtlS }),
    ...userRoutes({ db, transact, passwords, passwordLimits }),
    ...userAdminRoutes({ db, transact }),
    ...keyRoutes({ signingKeys, maxAgeS: jwt.jwksRefreshS }),
    ...deadLetterRoutes('auth', messaging.handling),
    ...parkedEventRoutes('auth', { db, wake: messaging.wake }),
    ...auditLogRoutes('auth', db),
  ];
  const app = createApp({
    title: 'Florin auth',
    endpoints,
    // What is open here is how one gets a token: an old one that is sent along is no reason to refuse.
    guard: (access) => (access === 'anyone' ? [] : guard(access)),
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
  const pruning = createSessionPruning({ db, logger, clocks }, config.sessionPruning);
  let http: HttpServer | undefined;

  return {
    endpoints,
    port: () => http?.port ?? config.port,
    async start() {
      await clocks.start();
      await signingKeys.start();
      if (config.firstAdmin !== undefined) await createFirstAdmin({ db, transact, passwords }, config.firstAdmin);
      await verifier.start();
      if (config.isProduction) await requireDurability(db, broker);
      pruning.start();
      messaging.start();
      await sessions.start();
      http = await startHttpServer(app, { ...config, portSetting: 'AUTH_PORT' });
      logger.info('listening', { port: http.port });
    },
    async stop() {
      await http?.stop();
      clocks.stop();
      signingKeys.stop();
      await pruning.stop();
      await Promise.all([sessions.stop(), messaging.stop()]);
      await verifier.stop();
      await db.destroy();
    },
  };
}
