import type { FlorinClient } from '@florin/client';
import { newId, openDatabase, query } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { serviceNames } from '../ops/platform/service-names.ts';
import { openClient, problemOr, signIn } from './sign-up.ts';
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
  address: `Rabbit hole ${unique}`,
  phone: `+43 ${unique}`,
  place: `The garden of ${unique}`,
  note: `${unique} was asleep`,
  claim: `the cup of ${unique} is cracked`,
  message: `${unique} asks once more`,
  rejection: `no cup for ${unique}`,
  refund: `${unique} paid too much`,
};
/** What no log line and no metric may have. */
const secrets = {
  password: `wrong way ${newId()}`,
  newPassword: `through the looking glass ${newId()}`,
  wrongPassword: `off with her head ${newId()}`,
};

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('a person who has used everything and is then erased', function () {
  this.timeout(180_000);
  let platform: ProcessPlatform;
  let databases: Knex[] = [];
  const tokens: string[] = [];

  const remember = async ({ session }: FlorinClient): Promise<void> => {
    const { accessToken = '', refreshToken = '' } = (await session.tokens()) ?? {};
    tokens.push(accessToken, refreshToken);
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
    const { florin: staff } = await signIn(platform, admin);
    await remember(staff);
    const account = { email: words.email, password: secrets.password };
    const alice = openClient(platform);
    const { id: userId } = await alice.session.signUp({ ...account, name: words.name });
    await remember(alice);
    for (let time = 0; time < 4; time++)
      await problemOr(alice.session.signIn({ email: words.email, password: secrets.wrongPassword }));
    await staff.get('/v1/users', { params: { query: { email: words.email } } });
    await problemOr(staff.get('/v1/users/{id}', { params: { path: { id: words.email } } }));
    await problemOr(alice.get('/v1/users'));
    // The client waits until the wallet is open.
    await alice.get('/v1/wallet');
    const adjust = (body: { amountMinor: number; reason: string }) =>
      staff.post('/v1/wallets/{userId}/adjustments', { params: { path: { userId } }, body });
    const { data: adjusted } = await adjust({ amountMinor: 10, reason: words.reason });
    expect(adjusted).to.include({ reason: words.reason });
    const { response: pending } = await adjust({ amountMinor: 1_001, reason: words.review });
    expect(pending.status).to.equal(202);

    const { data: category } = await staff.post('/v1/categories', { body: { name: `Tea ${newId()}` } });
    const goods = { name: 'Cup', priceMinor: 100, stock: 10, categoryId: category.id };
    const { data: cup } = await staff.post('/v1/products', { body: goods });
    const items = [{ productId: cup.id, quantity: 1 }];
    const cancelled = await alice.buy(items);
    const shipped = await alice.buy(items);
    await alice.post('/v1/purchases/{id}/cancel', {
      params: { path: { id: cancelled.id } },
      body: { reason: words.cancel },
    });
    await staff.post('/v1/purchases/{id}/ship', {
      params: { path: { id: shipped.id } },
      body: { trackingCode: words.tracking },
    });

    await followUp(alice, staff, cup.id);

    await eventually(async () => {
      const { data: customers } = await staff.get('/v1/customers', { params: { query: { q: words.email.slice(3) } } });
      expect(customers).to.deep.equal([{ userId, email: words.email, name: words.name }]);
    });
    await staff.get('/v1/customers', { params: { query: { q: words.name } } });
    await staff.get('/v1/purchases', { params: { query: { email: words.email } } });

    const changed = { currentPassword: secrets.password, newPassword: secrets.newPassword };
    // Wrong passwords delay the next attempts.
    await eventually(() => alice.post('/v1/users/me/password', { body: changed }));
    // The change has ended the token, so the client renews it.
    await alice.get('/v1/users/me');
    await remember(alice);
    for (const text of Object.values(words)) expect(await findColumns(databases, text), text).to.not.deep.equal([]);
    await alice.delete('/v1/users/me', { body: { currentPassword: secrets.newPassword } });
  }

  /** Buys with an address, and says all that can be said about a parcel, a claim and a refund. */
  async function followUp(alice: FlorinClient, staff: FlorinClient, productId: string): Promise<void> {
    const method = { name: 'Parcel', priceMinor: 0, minDays: 1, maxDays: 2 };
    const { data: parcel } = await staff.post('/v1/delivery-methods', { body: method });
    const home = {
      name: words.name,
      line1: words.address,
      postalCode: '1010',
      city: 'Vienna',
      country: 'AT',
      phone: words.phone,
    };
    const items = [{ productId, quantity: 1 }];
    const { data: bought } = await alice.post('/v1/purchases', {
      body: { items, delivery: { methodId: parcel.id, address: home } },
    });
    await alice.waitForPurchase(bought.id);
    const params = { path: { id: bought.id } };
    await staff.post('/v1/purchases/{id}/delivery/events', {
      params,
      body: { status: 'delivered', at: new Date().toISOString(), place: words.place, note: words.note },
    });
    const { data: photo } = await alice.post('/v1/images', { body: { purpose: 'claim', dataUrl: PIXEL } });
    const ofPhoto = { params: { path: { id: photo.id }, query: { format: 'dataUrl' as const } } };
    for (const reader of [alice, staff]) await reader.get('/v1/images/{id}', ofPhoto);
    await problemOr(openClient(platform).get('/v1/images/{id}', ofPhoto));
    const claim = { items, reason: 'damaged' as const, text: words.claim, photos: [photo.id] };
    // Product hears of the photo a moment after its upload.
    const { data: open } = await eventually(() => alice.post('/v1/purchases/{id}/claims', { params, body: claim }));
    const ofClaim = { path: { id: open.id } };
    await alice.post('/v1/claims/{id}/messages', { params: ofClaim, body: { text: words.message } });
    await staff.post('/v1/claims/{id}/reject', { params: ofClaim, body: { reason: words.rejection } });
    await staff.post('/v1/purchases/{id}/refunds', { params, body: { amountMinor: 1, reason: words.refund } });
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
