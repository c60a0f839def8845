import { newId, openDatabase, query } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { serviceNames } from '../ops/platform/service-names.ts';
import { admin, type ProcessPlatform, startTestPlatform } from './start-test-platform.ts';

const unique = newId().slice(-12);
/** What is personal, in the columns of a database. */
const words = {
  email: `liddell.${unique}@wonderland.example`,
  name: `Alice Pleasance ${unique}`,
  reason: `the flamingo of ${unique} was late`,
  review: `a hedgehog bit ${unique}`,
  cancel: `${unique} has grown too tall`,
  tracking: `TEA-${unique}`,
};
/** What no log line and no metric may have. */
const secrets = {
  password: `wrong way ${newId()}`,
  newPassword: `through the looking glass ${newId()}`,
  wrongPassword: `off with her head ${newId()}`,
};

type SignedIn = { user: { id: string }; accessToken: string; refreshToken: string };

describe('a person who has used everything and is then erased', function () {
  this.timeout(180_000);
  let platform: ProcessPlatform;
  let databases: Knex[] = [];
  const tokens: string[] = [];

  const call = async (service: 'auth' | 'product' | 'payment', method: string, path: string, options: object = {}) => {
    const { status, body } = await platform[service](method, path, options);
    return { status, data: (body as { data?: unknown } | undefined)?.data as Record<string, unknown> & SignedIn };
  };
  const keyed = (token: string, body: object) => ({ token, body, headers: { 'idempotency-key': newId() } });
  const signIn = async (account: { email: string; password: string }) => {
    const { data } = await call('auth', 'POST', '/v1/auth/signin', {
      body: { email: account.email, password: account.password },
    });
    tokens.push(data.accessToken, data.refreshToken);
    return data;
  };

  before(async () => {
    platform = await startTestPlatform({
      settings: {
        LOG_LEVEL: 'debug',
        ADJUSTMENT_REVIEW_ABOVE_MINOR: '1000',
        PASSWORD_ATTEMPTS_PER_ACCOUNT: '2',
        PASSWORD_FIRST_DELAY_S: '1',
        PASSWORD_LIMIT_STORE: 'database',
      },
    });
    databases = serviceNames.map((name) => openDatabase({ url: platform.databaseUrls[name], poolMax: 2 }));
    await useEverything();
  });
  after(async () => {
    await Promise.all(databases.map((db) => db.destroy()));
    await platform?.stop();
  });

  async function useEverything(): Promise<void> {
    const { accessToken: byAdmin } = await signIn(admin);
    const account = { email: words.email, password: secrets.password };
    const { data: alice } = await call('auth', 'POST', '/v1/auth/signup', { body: { ...account, name: words.name } });
    tokens.push(alice.accessToken, alice.refreshToken);
    for (let time = 0; time < 4; time++)
      await call('auth', 'POST', '/v1/auth/signin', { body: { ...account, password: secrets.wrongPassword } });
    await call('auth', 'GET', `/v1/users?email=${encodeURIComponent(words.email)}`, { token: byAdmin });
    await call('auth', 'GET', `/v1/users/${encodeURIComponent(words.email)}`, { token: byAdmin });
    await call('auth', 'GET', '/v1/users', { token: alice.accessToken });
    const wallet = `/v1/wallets/${alice.user.id}`;
    const adjusted = await eventually(async () => {
      const answer = await call(
        'payment',
        'POST',
        `${wallet}/adjustments`,
        keyed(byAdmin, { amountMinor: 10, reason: words.reason }),
      );
      expect(answer.status).to.equal(201);
      return answer;
    });
    expect(adjusted.data).to.include({ reason: words.reason });
    const pending = await call(
      'payment',
      'POST',
      `${wallet}/adjustments`,
      keyed(byAdmin, { amountMinor: 1_001, reason: words.review }),
    );
    expect(pending.status).to.equal(202);

    const { data: category } = await call('product', 'POST', '/v1/categories', { token: byAdmin, body: { name: 'Tea' } });
    const goods = { name: 'Cup', priceMinor: 100, stock: 10, categoryId: category['id'] };
    const { data: cup } = await call('product', 'POST', '/v1/products', { token: byAdmin, body: goods });
    const buy = () =>
      eventually(async () => {
        const items = [{ productId: cup['id'], quantity: 1 }];
        const { status, data } = await call('product', 'POST', '/v1/purchases', keyed(alice.accessToken, { items }));
        expect(status).to.equal(202);
        return `/v1/purchases/${String(data['id'])}`;
      });
    const [cancelled, shipped] = [await buy(), await buy()];
    await call('product', 'POST', `${cancelled}/cancel`, { token: alice.accessToken, body: { reason: words.cancel } });
    await eventually(async () => {
      const body = { trackingCode: words.tracking };
      expect((await call('product', 'POST', `${shipped}/ship`, { token: byAdmin, body })).status).to.equal(200);
    });

    const changed = { currentPassword: secrets.password, newPassword: secrets.newPassword };
    await eventually(async () =>
      expect((await call('auth', 'POST', '/v1/users/me/password', { token: alice.accessToken, body: changed })).status).to.equal(
        204,
      ),
    );
    const { data: renewed } = await call('auth', 'POST', '/v1/auth/refresh', { body: { refreshToken: alice.refreshToken } });
    tokens.push(renewed.accessToken, renewed.refreshToken);
    for (const text of Object.values(words)) expect(await findColumns(databases, text), text).to.not.deep.equal([]);
    const erasure = { token: renewed.accessToken, body: { currentPassword: secrets.newPassword } };
    expect((await call('auth', 'DELETE', '/v1/users/me', erasure)).status).to.equal(204);
  }

  for (const [what, text] of Object.entries(words)) {
    it(`leaves no ${what} in any table of any database`, async () => {
      await eventually(async () => expect(await findColumns(databases, text)).to.deep.equal([]));
    });
  }

  it('leaves neither secrets nor personal data in any log or metric', async () => {
    for (const service of serviceNames) {
      const log = platform.logOf(service);
      const metrics = await (await fetch(`${platform.urls[service]}/metrics`)).text();
      expect(log.split('\n').filter((line) => line.includes('"event":"request"'))).to.have.length.above(3);
      for (const [what, text] of [
        ...Object.entries(words),
        ...Object.entries(secrets),
        ...tokens.map((one) => ['a token', one] as const),
      ]) {
        expect(log.includes(text), `${what} in the log of ${service}`).to.equal(false);
        expect(metrics.includes(text), `${what} in the metrics of ${service}`).to.equal(false);
      }
    }
  });

  it('leaves security events in the log of auth', () => {
    const events = platform
      .logOf('auth')
      .split('\n')
      .flatMap((line) => /"event":"((?:auth|user|authorization)\.[a-z.]+)"/.exec(line)?.[1] ?? []);
    expect(events).to.include.members([
      ...['auth.signin.succeeded', 'auth.signin.failed', 'auth.signin.locked', 'auth.password.changed', 'user.erased'],
      'authorization.denied',
    ]);
  });
});

/** Returns the columns that have this text, as table.column. */
async function findColumns(databases: readonly Knex[], text: string): Promise<string[]> {
  const found = await Promise.all(databases.map((db) => columnsWith(db, text)));
  return found.flat();
}

async function columnsWith(db: Knex, text: string): Promise<string[]> {
  const columns = await query<{ t: string; c: string }>(
    db,
    `SELECT table_name AS t, column_name AS c FROM information_schema.columns
      WHERE table_schema = DATABASE() AND data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'json')`,
  );
  const found: string[] = [];
  for (const { t, c } of columns) {
    const rows = await query(db, `SELECT 1 FROM \`${t}\` WHERE CONVERT(\`${c}\` USING utf8mb4) LIKE ? LIMIT 1`, [`%${text}%`]);
    if (rows.length > 0) found.push(`${t}.${c}`);
  }
  return found;
}
