import { newId } from '@florin/database';
import type { Event } from '@florin/events';
import type { Endpoint } from '@florin/http';
import type { Broker } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { createService } from '@florin/service';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import jwt from 'jsonwebtoken';
import { migrations } from '../migrations/index.ts';
import { type AuthConfig, readConfig } from '../src/config.ts';
import { demoAccounts } from '../src/demo-accounts.ts';
import { auth } from '../src/features.ts';

export type Answer = {
  status: number;
  headers: Headers;
  /** Absent without a JSON body. */
  body: { data: Record<string, unknown>; code?: string; errors?: { path: string; message: string }[]; requestId?: string };
};

export type RunningAuth = {
  database: TestDatabase;
  config: AuthConfig;
  url: string;
  endpoints: readonly Endpoint[];
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Starts another instance on the same database. */
  another(changes?: Partial<AuthConfig>): Promise<RunningAuth>;
  /** Stops the instance and keeps the database. */
  stop(): Promise<void>;
};

/** Stops every instance that a test file started, also after a failed test: mocha does not end while one runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

const running = new Set<() => Promise<void>>();

type CallOptions = { body?: unknown; text?: string; token?: string; headers?: Record<string, string> };

export const password = 'correct horse battery';

const ABSENT = 'absent:9092';

/** A broker that rejects everything at once: events stay in the outbox, where a test can read them. */
const absentBroker: Broker = {
  connect: isAway,
  publish: isAway,
  maxBatchBytes: isAway,
  subscribe: isAway,
  follow: () => ({ stop: async () => {}, check: () => {}, ageMs: () => 0 }),
  createTopics: isAway,
  resetOffsets: isAway,
  bounds: isAway,
  offsetsAt: isAway,
  durabilityFaults: isAway,
  check: isAway,
  disconnect: async () => {},
};

/** Starts auth on its own database, without a broker unless `KAFKA_BROKERS` names one. A start that fails drops the database. */
export async function startAuth(settings: Record<string, string> = {}): Promise<RunningAuth> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await createTestDatabase(migrations, auth.rights), ({ drop }) => drop());
  const running = await startInstance(database, authConfig(database, settings));
  opened.move();
  return running;
}

/** Tests read the outbox. A job would add the contacts of users to it at any time. */
const withoutContacts = { SHOP: 'off' };

export function authConfig(database: TestDatabase, settings: Record<string, string> = {}): AuthConfig {
  const environment = {
    AUTH_DATABASE_URL: database.runningUrl,
    KAFKA_BROKERS: ABSENT,
    LOG_LEVEL: 'error',
    ...withoutContacts,
    ...settings,
  };
  return { ...readConfig(environment), port: 0 };
}

export async function startInstance(database: TestDatabase, config: AuthConfig): Promise<RunningAuth> {
  const logger = createLogger({ service: 'auth', level: config.logLevel });
  logger.silent = true;
  const isAbsent = config.kafka.brokers.includes(ABSENT);
  const service = createService({
    ...auth,
    config,
    overrides: { logger, ...(isAbsent ? { broker: absentBroker } : {}) },
  });
  const stop = async (): Promise<void> => {
    if (running.delete(stop)) await service.stop();
  };
  running.add(stop);
  await service.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const url = `http://127.0.0.1:${service.port()}`;
  return {
    database,
    config,
    url,
    endpoints: service.endpoints,
    call: (method, path, options) => call(`${url}${path}`, method, options),
    another: (changes) => startInstance(database, { ...config, ...changes }),
    stop,
  };
}

/** Returns an address that no other test uses. */
export function newEmail(name = 'alice'): string {
  return `${name}.${newId()}@florin.example`;
}

export type SignedIn = { user: { id: string; email: string }; accessToken: string; refreshToken: string; expiresIn: number };

/** Signs a user up, and returns the answer's data. */
export async function signUp(auth: RunningAuth, email = newEmail()): Promise<SignedIn> {
  const { body } = await auth.call('POST', '/v1/auth/signup', { body: { email, password } });
  return body.data as SignedIn;
}

type Known = { email: string; password?: string };

export async function signIn(auth: RunningAuth, { email, password: known = password }: Known): Promise<SignedIn> {
  const { body } = await auth.call('POST', '/v1/auth/signin', { body: { email, password: known } });
  return body.data as SignedIn;
}

/** The first admin, which each instance creates at start. */
export function signInAdmin(auth: RunningAuth): Promise<SignedIn> {
  return signIn(auth, demoAccounts.admin);
}

/** Creates a user with these roles, and returns a token that contains them. */
export async function signUpAs(auth: RunningAuth, roles: string): Promise<SignedIn> {
  const { user } = await signUp(auth);
  await auth.database.db.raw('UPDATE users SET roles = ? WHERE email = ?', [roles, user.email]);
  return signIn(auth, user);
}

export function sessionOf({ accessToken }: { accessToken: string }): string {
  return (jwt.decode(accessToken) as { sid: string }).sid;
}

/** The time of issue of the access token, in milliseconds. */
export function issuedAtMs(accessToken: string): number {
  return (jwt.decode(accessToken) as { iat_ms: number }).iat_ms;
}

/** Status of a request with the token: 200 if it is valid. */
export async function refreshStatus(auth: RunningAuth, { refreshToken }: { refreshToken: string }): Promise<number> {
  return (await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken } })).status;
}

type Told = Pick<Event, 'type' | 'subject' | 'sequence'> & { data: Record<string, unknown> };

/** The unpublished events of a user, oldest first, without those of the sign-up. */
export async function eventsOf(auth: RunningAuth, userId: string): Promise<Told[]> {
  const [rows] = (await auth.database.db.raw('SELECT payload FROM outbox WHERE message_key = ? ORDER BY id', [
    Buffer.from(userId),
  ])) as [{ payload: string | Told }[]];
  return rows
    .map(({ payload }) => (typeof payload === 'string' ? (JSON.parse(payload) as Told) : payload))
    .filter(({ type }) => type !== 'user-registered');
}

export async function countRows(auth: RunningAuth, table: string): Promise<number> {
  const [[row]] = (await auth.database.db.raw(`SELECT COUNT(*) AS n FROM ${table}`)) as [{ n: number }[]];
  return Number(row?.n);
}

async function call(url: string, method: string, { body, text, token, headers = {} }: CallOptions = {}): Promise<Answer> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const answer = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(answer) : {}) as Answer['body'] };
}

function isAway(): Promise<never> {
  return Promise.reject(new Error('The broker is unavailable.'));
}
