import { auth as authService } from '@florin/auth-server';
import { migrations as authMigrations } from '@florin/auth-server/migrations';
import { newId } from '@florin/database';
import { topics } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { payment as paymentService } from '@florin/payment-server';
import { migrations as paymentMigrations } from '@florin/payment-server/migrations';
import { product as productService } from '@florin/product-server';
import { migrations as productMigrations } from '@florin/product-server/migrations';
import { createLogger } from '@florin/runtime';
import { createService, type FlorinService, type ServiceConfig, type ServiceDefinition } from '@florin/service';
import {
  type Answer,
  createHttpClient,
  createTestDatabase,
  eventually,
  type HttpClient,
  type TestDatabase,
  testBrokers,
  testKafka,
  uniquePrefix,
} from '@florin/testing';
import { expect } from 'chai';

const PASSWORD = 'correct horse battery';
const ADMIN = { email: 'admin@example.com', password: 'correct horse admin' };
const WITHIN_MS = 1_000;

type Running = { start(): Promise<void>; stop(): Promise<void>; port(): number };
type Instance = { name: string; path: string; call: HttpClient; restart(): Promise<void>; stop(): Promise<void> };
type Person = { id: string; email: string; accessToken: string; refreshToken: string };

/** Two instances of each service, on real databases and a real broker, in one process. */
describe('a revoked access token', function () {
  this.timeout(180_000);
  const databases: TestDatabase[] = [];
  const instances: Instance[] = [];
  let auth: HttpClient;
  let admin: Person;
  const revoked: string[] = [];
  const tookMs: number[] = [];

  before(async () => {
    const prefix = uniquePrefix('revocation');
    const [authDatabase, productDatabase, paymentDatabase] = await Promise.all(
      [authMigrations, productMigrations, paymentMigrations].map((migrations) => createTestDatabase(migrations)),
    );
    if (!authDatabase || !productDatabase || !paymentDatabase) throw new Error('no databases');
    databases.push(authDatabase, productDatabase, paymentDatabase);
    const common = {
      LOG_LEVEL: 'error',
      KAFKA_BROKERS: testBrokers().join(','),
      KAFKA_DRIVER: testKafka().driver,
      KAFKA_PREFIX: prefix,
      KAFKA_SESSION_TIMEOUT_MS: '6000',
      OUTBOX_POLL_MS: '50',
      FLORIN_ADMIN_EMAIL: ADMIN.email,
      FLORIN_ADMIN_PASSWORD: ADMIN.password,
    };
    const broker = kafkaBroker({
      ...testKafka(),
      clientId: 'test',
      prefix,
      sessionTimeoutMs: 6_000,
      logger: createLogger({ service: 'test', level: 'error' }),
    });
    await broker.createTopics(topics, { partitions: 3, replicationFactor: 1 });
    await broker.disconnect();

    const startAuth = () => build(authService, { ...common, AUTH_PORT: '0', AUTH_DATABASE_URL: authDatabase.url });
    await startInstance('auth 1', '/v1/users/me', startAuth);
    await startInstance('auth 2', '/v1/users/me', startAuth);
    auth = instances[0]?.call as HttpClient;
    const others = { ...common, JWKS_URL: `${urlOf('auth 1')}/.well-known/jwks.json` };
    const startProduct = () => build(productService, { ...others, PRODUCT_PORT: '0', PRODUCT_DATABASE_URL: productDatabase.url });
    const startPayment = () => build(paymentService, { ...others, PAYMENT_PORT: '0', PAYMENT_DATABASE_URL: paymentDatabase.url });
    for (const number of [1, 2]) {
      await startInstance(`product ${number}`, '/v1/purchases', startProduct);
      await startInstance(`payment ${number}`, '/v1/payments', startPayment);
    }
    admin = await signIn(ADMIN);
  });
  after(async () => {
    await Promise.all(instances.map((instance) => instance.stop()));
    await Promise.all(databases.map((database) => database.drop()));
  });

  const ports = new Map<string, number>();
  const urlOf = (name: string): string => `http://127.0.0.1:${ports.get(name)}`;

  /** Waits until it is ready. A restart takes a new port. */
  async function startInstance(name: string, path: string, create: () => Running): Promise<void> {
    const call = createHttpClient(() => urlOf(name));
    let running = create();
    const begin = async (): Promise<void> => {
      await running.start();
      ports.set(name, running.port());
      await eventually(async () => expect((await call('GET', '/health/ready')).body, name).to.include({ status: 'ok' }));
    };
    instances.push({
      name,
      path,
      call,
      stop: () => running.stop(),
      restart: async () => {
        await running.stop();
        running = create();
        await begin();
      },
    });
    await begin();
  }

  const personOf = ({ status, body }: Answer, email: string): Person => {
    expect(status, JSON.stringify(body)).to.be.oneOf([200, 201]);
    const { user, accessToken, refreshToken } = body.data;
    return { id: user.id, email, accessToken, refreshToken };
  };
  const signUp = async (): Promise<Person> => {
    const email = `${newId()}@example.com`;
    return personOf(await auth('POST', '/v1/auth/signup', { body: { email, password: PASSWORD } }), email);
  };
  const signIn = async ({ email, password }: { email: string; password: string }): Promise<Person> =>
    personOf(await auth('POST', '/v1/auth/signin', { body: { email, password } }), email);
  const asAdmin = (method: string, path: string, body?: unknown) =>
    auth(method, path, { token: admin.accessToken, ...(body === undefined ? {} : { body }) });

  const answersTo = async (token: string): Promise<string[]> =>
    Promise.all(instances.map(async ({ name, path, call }) => `${name} ${(await call('GET', path, { token })).status}`));
  const all = (status: number): string[] => instances.map(({ name }) => `${name} ${status}`);
  const isGood = async (token: string): Promise<void> => {
    expect(await answersTo(token)).to.deep.equal(all(200));
  };
  const isVoidSoon = async (token: string): Promise<void> => {
    const startedAt = performance.now();
    await eventually(async () => expect(await answersTo(token)).to.deep.equal(all(401)));
    tookMs.push(performance.now() - startedAt);
    revoked.push(token);
  };

  it('by sign-out is rejected by every instance, and the other session stays open', async () => {
    const phone = await signUp();
    const laptop = await signIn({ email: phone.email, password: PASSWORD });
    await isGood(phone.accessToken);
    expect((await auth('POST', '/v1/auth/signout', { token: phone.accessToken })).status).to.equal(204);
    await isVoidSoon(phone.accessToken);
    await isGood(laptop.accessToken);
  });

  it('by disabling its user is rejected everywhere, also after enabling, when a new token is valid', async () => {
    const alice = await signUp();
    await isGood(alice.accessToken);
    expect((await asAdmin('POST', `/v1/users/${alice.id}/disable`)).status).to.equal(200);
    await isVoidSoon(alice.accessToken);
    expect((await asAdmin('POST', `/v1/users/${alice.id}/enable`)).status).to.equal(200);
    const back = await signIn({ email: alice.email, password: PASSWORD });
    await isGood(back.accessToken);
    expect(await answersTo(alice.accessToken)).to.deep.equal(all(401));
  });

  it('by a change of roles is rejected everywhere, and a refresh issues one with the new roles', async () => {
    const bob = await signUp();
    await isGood(bob.accessToken);
    expect((await asAdmin('PUT', `/v1/users/${bob.id}/roles`, { roles: ['buyer', 'staff'] })).status).to.equal(200);
    await isVoidSoon(bob.accessToken);
    const { status, body } = await auth('POST', '/v1/auth/refresh', { body: { refreshToken: bob.refreshToken } });
    expect(status).to.equal(200);
    await isGood(body.data.accessToken);
  });

  it('is rejected everywhere after a password change, also that of the requesting session, whose refresh issues a valid one', async () => {
    const phone = await signUp();
    const laptop = await signIn({ email: phone.email, password: PASSWORD });
    await isGood(phone.accessToken);
    const body = { currentPassword: PASSWORD, newPassword: `${PASSWORD} staple` };
    expect((await auth('POST', '/v1/users/me/password', { token: laptop.accessToken, body })).status).to.equal(204);
    await isVoidSoon(phone.accessToken);
    const refreshed = await auth('POST', '/v1/auth/refresh', { body: { refreshToken: laptop.refreshToken } });
    expect(refreshed.status).to.equal(200);
    await isGood(refreshed.body.data.accessToken);
  });

  it('of an erased account is rejected everywhere', async () => {
    const alice = await signUp();
    await isGood(alice.accessToken);
    const answer = await auth('DELETE', '/v1/users/me', { token: alice.accessToken, body: { currentPassword: PASSWORD } });
    expect(answer.status).to.equal(204);
    await isVoidSoon(alice.accessToken);
  });

  it('is rejected by every instance within a second', () => {
    expect(tookMs).to.have.length(5);
    // Most of them: a busy machine delays some.
    expect(tookMs.sort((a, b) => a - b)[2], tookMs.join(', ')).to.be.lessThan(WITHIN_MS);
  });

  it('is rejected by every restarted instance as soon as it is ready; other tokens are accepted', async () => {
    const bob = await signUp();
    const isRefused = async ({ name, path, call }: Instance): Promise<void> => {
      for (const token of revoked) expect((await call('GET', path, { token })).status, name).to.equal(401);
      expect((await call('GET', path, { token: bob.accessToken })).status, name).to.equal(200);
    };
    expect(revoked).to.have.length(5);
    for (const instance of instances.toReversed()) {
      await instance.restart();
      await isRefused(instance);
    }
  });
});

function build<Config extends ServiceConfig>(
  definition: ServiceDefinition<Config>,
  settings: Record<string, string>,
): FlorinService {
  return createService({ ...definition, config: definition.readConfig(settings) });
}
