import { idBytes, newId, runTransaction } from '@florin/database';
import { type Event, type EventData, makeEvent } from '@florin/events';
import { createTestDatabase, eventually, type TestDatabase, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { copyContacts } from '../src/customers/copy-contacts.ts';
import { findCustomers } from '../src/customers/find-customers.ts';
import { eraseBuyers } from '../src/purchases/erase-buyers.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

type Contact = EventData<'contact-changed'>;

const contactOf = (fields: Partial<Contact> = {}): Contact => ({
  userId: newId(),
  email: 'ada.lovelace@mail.example.com',
  name: 'Ada Lovelace',
  ...fields,
});
const changed = (contact: Contact, sequence: number): Event<'contact-changed'> =>
  makeEvent('contact-changed', { sequence, data: contact }).event as Event<'contact-changed'>;
const erased = (userId: string): Event<'user-erased'> =>
  makeEvent('user-erased', { sequence: 9, data: { userId } }).event as Event<'user-erased'>;

describe('customers', () => {
  let platform: ProductPlatform;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
  });
  after(() => platform.stop());

  const search = (q: string, { token } = platform.staff, more = '') =>
    platform.call('GET', `/v1/customers?q=${encodeURIComponent(q)}${more}`, { token });
  const found = async (q: string): Promise<string[]> =>
    (await search(q)).body.data.map(({ userId }: { userId: string }) => userId);
  const known = async (fields: Partial<Contact> = {}): Promise<Contact> => {
    const contact = contactOf(fields);
    await platform.say('contact-changed', contact);
    await eventually(async () =>
      expect(
        await platform.database.db('contacts').where({ user_id: idBytes(contact.userId), email: contact.email }),
      ).to.have.length(1),
    );
    return contact;
  };

  it('require authentication and staff', async () => {
    const { userId } = await known({ email: 'private@example.com' });
    for (const path of ['/v1/customers?q=private', `/v1/customers/${userId}`]) {
      expect((await platform.call('GET', path)).status).to.equal(401);
      expect((await platform.call('GET', path, { token: platform.stranger().token })).status).to.equal(403);
      expect((await platform.call('GET', path, { token: platform.renewed({ id: userId, token: '' }).token })).status).to.equal(
        403,
      );
      expect((await platform.call('GET', path, { token: platform.staff.token })).status).to.equal(200);
      expect((await platform.call('GET', path, { token: platform.admin.token })).status).to.equal(200);
    }
  });

  it('are found by half an e-mail address or a name, from the beginning or the middle', async () => {
    const word = newId().slice(-6);
    const { userId } = await known({ email: `grace.${word}hopper@navy.${word}.example`, name: `Grace Brèwster-${word} Hopper` });
    for (const q of [
      `grace.${word}`,
      `${word}hop`,
      `${word}hopper@na`,
      `${word.slice(2)}hopper@navy.${word}`,
      `navy.${word}`,
      `${word}.exam`,
      `GRACE.${word}`,
      `grace  brewster-${word}`,
      `BREWSTER-${word} h`,
      ` ${word} hopper `,
    ])
      expect(await found(q), q).to.deep.equal([userId]);
    for (const q of [`${word}hopper@mail`, `race brewster-${word}`, `${word}%`, `_${word.slice(1)}`])
      expect(await found(q), q).to.deep.equal([]);
  });

  it('are found by the number of a purchase, as somebody types it', async () => {
    const buyer = await platform.buyer();
    await known({ userId: buyer.id, email: 'lovelace@number.example', name: null });
    const { id } = await platform.product();
    const { number } = (await platform.buy(buyer, [{ productId: id, quantity: 1 }])).body.data;
    expect(await found(number.toLowerCase())).to.deep.equal([buyer.id]);
    expect(await found('lovelace'), 'eight letters that are no number').to.include(buyer.id);
  });

  it('are listed in pages, each once', async () => {
    const word = newId().slice(-6);
    const ids: string[] = [];
    for (let index = 0; index < 5; index++)
      ids.push((await known({ email: `${word}${word}.${index}@${word}.example`, name: `${word} ${word}` })).userId);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await search(word, platform.staff, `&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map(({ userId }: { userId: string }) => userId));
      cursor = body.page.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).to.have.length(5);
    expect(seen).to.have.members(ids);
  });

  it('reads are audited with the ids that were read, never with contact data or what was typed', async () => {
    const word = newId().slice(-6);
    const { userId } = await known({ email: `audited.${word}@example.com`, name: 'Audited Person' });
    await search(`audited.${word}`);
    await search(`nobody.${word}`);
    await platform.call('GET', `/v1/customers/${userId}`, { token: platform.staff.token });
    const entries = await platform.database
      .db('audit_log')
      .where({ actor_id: idBytes(platform.staff.id) })
      .orderBy('id', 'desc')
      .limit(3);
    expect(entries.map(({ action, subject, state_after }) => [action, subject, state_after])).to.deep.equal([
      ['customer.read', userId, null],
      ['customer.search', 'customers', '{"userIds":[]}'],
      ['customer.search', 'customers', JSON.stringify({ userIds: [userId] })],
    ]);
    const log = JSON.stringify(await platform.database.db('audit_log'));
    expect(log).to.not.include(word);
    expect(log).to.not.include('Audited Person');
  });

  it('are not answered if the read cannot be audited', async () => {
    const { userId } = await known({ email: 'unaudited@example.com' });
    const { db } = platform.database;
    await db.raw("CREATE TRIGGER audit_log_away BEFORE INSERT ON audit_log FOR EACH ROW SIGNAL SQLSTATE '45000'");
    try {
      for (const path of ['/v1/customers?q=unaudited', `/v1/customers/${userId}`]) {
        const { status, body } = await platform.call('GET', path, { token: platform.staff.token });
        expect(status).to.equal(500);
        expect(JSON.stringify(body)).to.not.include('unaudited@');
      }
    } finally {
      await db.raw('DROP TRIGGER audit_log_away');
    }
  });

  for (const query of ['', 'q=', 'q=a', `q=${'x'.repeat(255)}`, 'q=ada&sort=name', 'q=ada&limit=101', 'q=ada&cursor=x'])
    it(`rejects ?${query} with 422`, async () => {
      const { body } = await platform.call('GET', `/v1/customers?${query}`, { token: platform.staff.token });
      expect(body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

  it('answers 404 for an unknown customer', async () => {
    for (const id of [newId(), '1'])
      expect((await platform.call('GET', `/v1/customers/${id}`, { token: platform.staff.token })).status).to.equal(404);
  });

  it('loses a customer who is erased, and gets none back by a late event', async () => {
    const contact = await known({ email: 'erased@example.com' });
    const { userId } = contact;
    await platform.say('user-erased', { userId });
    await eventually(async () => expect(await found('erased@')).to.deep.equal([]));
    const late = await platform.say('contact-changed', contact);
    const handled = () => platform.database.db('inbox').where({ event_id: idBytes(late.event.id) });
    await eventually(async () => expect(await handled()).to.have.length(1));
    expect((await platform.call('GET', `/v1/customers/${userId}`, { token: platform.staff.token })).status).to.equal(404);
    expect(await platform.database.db('contact_keys').where({ user_id: idBytes(userId) })).to.deep.equal([]);
  });

  it('dead-letters an event that cannot be handled, without contact data in its reason', async () => {
    const userId = newId();
    const { key, event } = makeEvent('contact-changed', {
      sequence: 1,
      data: contactOf({ userId, email: 'poison@example.com' }),
    });
    const poison = { ...event, data: { userId, email: 'poison@example.com', name: 'x'.repeat(101) } };
    await platform.publish({ topic: 'florin.contacts', key, event: poison as unknown as Event });
    const letter = await eventually(async () => {
      const [row] = await platform.database.db('dead_letters').where({ message_key: Buffer.from(userId) });
      expect(row).to.be.an('object');
      return row as { reason: string; cause: string };
    });
    expect(`${letter.reason} ${letter.cause}`).to.not.match(/poison@|xxxx/);
    const other = await known({ email: 'healthy@example.com' });
    expect(await found('healthy@'), 'other keys flow').to.deep.equal([other.userId]);
  });
});

describe('copyContacts', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const copy = (...events: Event<'contact-changed'>[]) => runTransaction(database.db, (trx) => copyContacts(trx, events));
  const stored = async (userId: string): Promise<unknown> =>
    database
      .db('contacts')
      .where({ user_id: idBytes(userId) })
      .select('email', 'name', 'version');
  const isFound = async (q: string, userId: string): Promise<boolean> => {
    const { rows } = await findCustomers(database.db, q, { limit: 100 });
    return rows.some((row) => row.userId === userId);
  };

  it('keeps the newest version in any order, also within a set, and finds by it alone', async () => {
    const userId = newId();
    const [first, second, third] = ['first', 'second', 'third'].map((word, index) =>
      changed(contactOf({ userId, email: `${word}@order.example`, name: `${word} name` }), index + 1),
    ) as [Event<'contact-changed'>, Event<'contact-changed'>, Event<'contact-changed'>];
    await copy(second, first);
    const newest = [{ email: 'second@order.example', name: 'second name', version: 2 }];
    expect(await stored(userId)).to.deep.equal(newest);
    await copy(first);
    expect(await stored(userId), 'after an older event').to.deep.equal(newest);
    await copy(second);
    expect(await isFound('first@', userId)).to.equal(false);
    expect(await isFound('second@', userId)).to.equal(true);
    await copy(third, second);
    expect(await stored(userId)).to.deep.equal([{ email: 'third@order.example', name: 'third name', version: 3 }]);
    for (const [q, expected] of [
      ['second@', false],
      ['second na', false],
      ['third@', true],
      ['third na', true],
    ] as const)
      expect(await isFound(q, userId), q).to.equal(expected);
  });

  it('takes a name away', async () => {
    const userId = newId();
    await copy(changed(contactOf({ userId, name: 'Temporary Name' }), 1));
    await copy(changed(contactOf({ userId, name: null }), 2));
    expect(await isFound('temporary', userId)).to.equal(false);
  });

  it('keeps nothing of a user whose erasure is committed at the same time, whichever writes first', async () => {
    for (let round = 0; round < 10; round++) {
      const userId = newId();
      const erase = () => runTransaction(database.db, (trx) => eraseBuyers(trx, [erased(userId)]));
      const arrive = () => copy(changed(contactOf({ userId }), 1));
      await Promise.all(round % 2 === 0 ? [erase(), arrive()] : [arrive(), erase()]);
      expect(await stored(userId)).to.deep.equal([]);
    }
  });

  it('waits for an erasure that has not been committed', async () => {
    const userId = newId();
    const { db } = database;
    const erasure = await db.transaction();
    await eraseBuyers(erasure, [erased(userId)]);
    const arrival = copy(changed(contactOf({ userId }), 1));
    try {
      await untilWaiting(db, 1);
    } finally {
      await erasure.commit();
    }
    await arrival;
    expect(await stored(userId)).to.deep.equal([]);
  });

  it('loses a contact when the release before erases the user', async () => {
    const userId = newId();
    await copy(changed(contactOf({ userId }), 1));
    await database.db.raw(
      'INSERT INTO erased_users (user_id) VALUES (?) ON DUPLICATE KEY UPDATE user_id = erased_users.user_id',
      [idBytes(userId)],
    );
    expect(await stored(userId)).to.deep.equal([]);
  });

  it('stores addresses and names of every length', async () => {
    const userId = newId();
    const email = `${'ü'.repeat(32)}@${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.example`;
    await copy(changed(contactOf({ userId, email, name: '\u{1F600}'.repeat(50) }), 1));
    expect(await isFound(email, userId)).to.equal(true);
    expect(await isFound('\u{1F600}'.repeat(50), userId)).to.equal(true);
    expect(await isFound('u'.repeat(20), userId)).to.equal(true);
  });

  it('reads a bounded number of keys for a page', async () => {
    const domain = `${newId().slice(-8)}.example`;
    const contacts = Array.from({ length: 500 }, (_, index) =>
      changed(contactOf({ email: `person${index}@${domain}`, name: `Person ${index}` }), 1),
    );
    await copy(...contacts);
    const reads = await database.db.transaction(async (trx) => {
      const count = async (): Promise<number> => {
        const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
        return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      const before = await count();
      await findCustomers(trx, `person7@${domain}`, { limit: 20 });
      return (await count()) - before;
    });
    expect(reads).to.be.at.most(60);
  });
});
