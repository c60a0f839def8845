import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { publishContacts, publishIfFewWait } from '../src/users/publish-contacts.ts';
import { newEmail, password, type RunningAuth, type SignedIn, signIn, signInAdmin, startAuth, stopAll } from './start-auth.ts';

type Contact = { sequence: number; userId: string; email: string; name: string | null };

describe('contact-changed', () => {
  let auth: RunningAuth;
  before(async () => {
    auth = await startAuth();
    await publishAll();
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const publish = (): Promise<boolean> => runTransaction(auth.database.db, publishContacts);
  async function publishAll(): Promise<void> {
    while (await publish());
  }
  const contactsOf = async (userId: string): Promise<Contact[]> => publishedOf(auth, userId);
  const signUp = async (name?: string): Promise<SignedIn> =>
    (await auth.call('POST', '/v1/auth/signup', { body: { email: newEmail(), password, name } })).body.data as SignedIn;
  const rename = (token: string, name: string) => auth.call('PATCH', '/v1/users/me', { token, body: { name } });

  it('is published for a new user and after a rename, once each, with rising sequences', async () => {
    const { user, accessToken } = await signUp('Ada');
    await publish();
    await publish();
    await rename(accessToken, 'Ada Lovelace');
    await rename(accessToken, 'Ada Lovelace');
    await publish();
    await publish();
    const contacts = await contactsOf(user.id);
    expect(contacts.map(({ email, name }) => [email, name])).to.deep.equal([
      [user.email, 'Ada'],
      [user.email, 'Ada Lovelace'],
    ]);
    const sequences = await sequencesOf(auth, user.id);
    expect(sequences, 'of all events about the user').to.deep.equal([...new Set(sequences)].sort((a, b) => a - b));
    expect(contacts[1]?.sequence).to.be.above(contacts[0]?.sequence ?? 0);
  });

  it('is not published again after changes of something else', async () => {
    const { user, accessToken } = await signUp();
    await publish();
    const { accessToken: other } = await signIn(auth, user);
    expect((await auth.call('POST', '/v1/auth/signout', { token: other })).status).to.equal(204);
    const newPassword = 'another correct battery';
    await auth.call('POST', '/v1/users/me/password', { token: accessToken, body: { currentPassword: password, newPassword } });
    await publish();
    expect(await contactsOf(user.id)).to.have.length(1);
  });

  it('is not published again when a user is disabled and enabled', async () => {
    const { user } = await signUp();
    await publish();
    const { accessToken: token } = await signInAdmin(auth);
    for (const action of ['disable', 'enable'])
      expect((await auth.call('POST', `/v1/users/${user.id}/${action}`, { token })).status).to.equal(200);
    await publish();
    expect(await contactsOf(user.id)).to.have.length(1);
  });

  it('stays due after a rename that is followed by other changes', async () => {
    const { user, accessToken } = await signUp('Before');
    await publish();
    await rename(accessToken, 'After');
    await auth.call('POST', '/v1/auth/signout', { token: accessToken });
    await publish();
    expect((await contactsOf(user.id)).map(({ name }) => name)).to.deep.equal(['Before', 'After']);
  });

  it('is published for users whom the release before created or renamed', async () => {
    const { db } = auth.database;
    const id = newId();
    const email = newEmail();
    await db.raw(
      "INSERT INTO users (id, email, password_hash, roles, version, created_at) VALUES (?, ?, '', 'buyer', 1, NOW(3))",
      [idBytes(id), email],
    );
    await publish();
    await db.raw("UPDATE users SET name = 'Renamed', version = version + 1 WHERE id = ?", [idBytes(id)]);
    await publish();
    expect((await contactsOf(id)).map((contact) => [contact.email, contact.name])).to.deep.equal([
      [email, null],
      [email, 'Renamed'],
    ]);
  });

  it('is never published for an erased user, also one whom the release before erased', async () => {
    const { db } = auth.database;
    const [one, other] = [await signUp(), await signUp()];
    await auth.call('DELETE', '/v1/users/me', { token: one.accessToken, body: { currentPassword: password } });
    await db.raw(
      "UPDATE users SET email = ?, name = NULL, status = 'erased', version = version + 1, updated_at = updated_at WHERE id = ?",
      [`${newId()}@erased.invalid`, idBytes(other.user.id)],
    );
    await publishAll();
    for (const { user } of [one, other]) expect(await contactsOf(user.id)).to.deep.equal([]);
  });

  it('is published once for each of many users by several instances, in bounded sets', async () => {
    const { db } = auth.database;
    const ids = Array.from({ length: 250 }, newId);
    for (const id of ids)
      await db.raw(
        "INSERT INTO users (id, email, password_hash, roles, version, created_at) VALUES (?, ?, '', 'buyer', 1, NOW(3))",
        [idBytes(id), `${id}@example.com`],
      );
    expect(await publish(), 'there may be more').to.equal(true);
    await Promise.all([publishAll(), publishAll(), publishAll()]);
    await publishAll();
    for (const id of ids) expect(await contactsOf(id), id).to.have.length(1);
  });

  it('is rolled back with its transaction, and published later', async () => {
    const { db } = auth.database;
    const { user } = await signUp();
    await db.raw("CREATE TRIGGER outbox_away BEFORE INSERT ON outbox FOR EACH ROW SIGNAL SQLSTATE '45000'");
    try {
      expect(await publish().catch((error: unknown) => error)).to.be.instanceOf(Error);
    } finally {
      await db.raw('DROP TRIGGER outbox_away');
    }
    expect(await contactsOf(user.id)).to.deep.equal([]);
    await publish();
    expect(await contactsOf(user.id)).to.have.length(1);
  });

  it('waits while many events wait, so that revocations go first', async () => {
    const { db } = auth.database;
    const { user } = await signUp();
    const filler = {
      event_id: idBytes(newId()),
      topic: 'filler',
      message_key: Buffer.from('filler'),
      type: 'filler',
      payload: '{}',
    };
    await db.batchInsert('outbox', Array<typeof filler>(1_000).fill(filler), 500);
    const publishSome = (): Promise<boolean> => publishIfFewWait({ db, transact: (work) => runTransaction(db, work) });
    try {
      expect(await publishSome(), 'there is more to do now').to.equal(false);
      expect(await contactsOf(user.id)).to.deep.equal([]);
    } finally {
      await db('outbox').where({ topic: 'filler' }).delete();
    }
    await publishSome();
    expect(await contactsOf(user.id)).to.have.length(1);
  });

  it('is published by a running service with SHOP=on', async () => {
    const { user } = await signUp();
    const shop = await auth.another({ isShopOn: true });
    await eventually(async () => expect(await contactsOf(user.id)).to.have.length(1));
    await shop.stop();
  });
});

async function eventsOf(auth: RunningAuth, userId: string): Promise<{ type: string; sequence: string; data: Contact }[]> {
  const rows: { payload: string }[] = await auth.database
    .db('outbox')
    .where({ message_key: Buffer.from(userId) })
    .orderBy('id');
  return rows.map(({ payload }) => JSON.parse(payload) as { type: string; sequence: string; data: Contact });
}

async function publishedOf(auth: RunningAuth, userId: string): Promise<Contact[]> {
  const events = (await eventsOf(auth, userId)).filter(({ type }) => type === 'contact-changed');
  return events.map(({ sequence, data }) => ({ ...data, sequence: Number(sequence) }));
}

async function sequencesOf(auth: RunningAuth, userId: string): Promise<number[]> {
  return (await eventsOf(auth, userId)).map(({ sequence }) => Number(sequence));
}
