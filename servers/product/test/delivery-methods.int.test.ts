import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import { chooseMethod } from '../src/delivery/read-methods.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const parcel = { name: 'Parcel', priceMinor: 490, freeFromMinor: 5_000, countries: ['at', 'DE'], minDays: 2, maxDays: 4 };

describe('delivery methods', () => {
  let platform: ProductPlatform;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = platform.stranger();
  });
  after(() => platform.stop());

  const send = (method: string, path: string, { body, version, token = platform.staff.token }: Sent = {}) =>
    platform.call(method, `/v1/delivery-methods${path}`, {
      token,
      ...(body === undefined ? {} : { body }),
      headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    });
  type Sent = { body?: unknown; version?: number; token?: string };
  const create = async (fields: Record<string, unknown> = {}) =>
    (await send('POST', '', { body: { ...parcel, ...fields } })).body.data;
  const namesOf = async (query: string, token?: string): Promise<string[]> =>
    (await platform.call('GET', `/v1/delivery-methods${query}`, token === undefined ? {} : { token })).body.data.map(
      ({ name }: { name: string }) => name,
    );

  it('are written by staff only', async () => {
    const { id } = await create();
    for (const [method, path] of [
      ['POST', ''],
      ['GET', `/${id}`],
      ['PATCH', `/${id}`],
      ['DELETE', `/${id}`],
    ] as const) {
      expect((await platform.call(method, `/v1/delivery-methods${path}`)).status, method).to.equal(401);
      expect((await send(method, path, { token: alice.token, version: 1 })).status, method).to.equal(403);
    }
  });

  it('are created, read, changed and deleted, each with an audit entry', async () => {
    const created = await send('POST', '', { body: parcel });
    expect(created.status).to.equal(201);
    const { id, ...fields } = created.body.data;
    expect(created.headers.get('location')).to.equal(`/v1/delivery-methods/${id}`);
    expect(fields).to.deep.include({ ...parcel, countries: ['AT', 'DE'], currency: 'EUR', status: 'active', version: 1 });
    const changes = { freeFromMinor: null, countries: null, maxDays: 5, status: 'archived' };
    const changed = await send('PATCH', `/${id}`, { body: changes, version: 1 });
    expect(changed.body.data).to.include({ id, maxDays: 5, status: 'archived', version: 2 });
    expect(changed.body.data).to.not.have.any.keys('freeFromMinor', 'countries');
    expect(changed.headers.get('etag')).to.equal('"2"');
    expect((await send('GET', `/${id}`)).body.data).to.deep.equal(changed.body.data);
    expect((await send('DELETE', `/${id}`, { version: 2 })).status).to.equal(204);
    expect((await send('GET', `/${id}`)).status).to.equal(404);
    const { body } = await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token });
    expect(body.data.map(({ action }: { action: string }) => action)).to.deep.equal([
      'delivery-method.delete',
      'delivery-method.edit',
      'delivery-method.create',
    ]);
  });

  it('are changed and deleted in the version that was read only', async () => {
    const { id } = await create();
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { body: { priceMinor: 1 } } : {};
      expect((await send(method, `/${id}`, body)).status).to.equal(428);
      expect((await send(method, `/${id}`, { ...body, version: 7 })).status).to.equal(412);
      expect((await send(method, `/${newId()}`, { ...body, version: 1 })).status).to.equal(404);
    }
    const edits = await Promise.all([1, 2, 3].map((priceMinor) => send('PATCH', `/${id}`, { body: { priceMinor }, version: 1 })));
    expect(edits.map(({ status }) => status)).to.have.members([200, 412, 412]);
  });

  const refusals: [string, Record<string, unknown>][] = [
    ['a negative price', { priceMinor: -1 }],
    ['half a cent', { priceMinor: 0.5 }],
    ['a country that ISO 3166-1 does not have', { countries: ['UK'] }],
    ['a country twice', { countries: ['AT', 'at'] }],
    ['no countries', { countries: [] }],
    ['fewer days at most than at least', { minDays: 5, maxDays: 4 }],
    ['an unknown status', { status: 'hidden' }],
    ['an unknown currency', { currency: 'XXX' }],
    ['an unknown field', { colour: 'red' }],
  ];
  for (const [what, fields] of refusals)
    it(`are rejected with ${what}`, async () => {
      expect((await send('POST', '', { body: { ...parcel, ...fields } })).body.code).to.equal('VALIDATION_FAILED');
    });

  it('keep at least minDays of maxDays when one of them changes', async () => {
    const { id } = await create();
    const { status, body } = await send('PATCH', `/${id}`, { body: { minDays: 9 }, version: 1 });
    expect([status, body.errors[0].path]).to.deep.equal([422, 'maxDays']);
  });

  it('are listed for anyone by country and currency, the cheapest first, the archived ones for staff only', async () => {
    const [name, other] = [newId(), newId()];
    await create({ name: `${name} dear`, priceMinor: 900 });
    await create({ name: `${name} cheap`, priceMinor: 100, countries: null });
    await create({ name: `${name} archived`, status: 'archived' });
    await create({ name: `${other} yen`, currency: 'JPY' });
    const ours = async (query: string, token?: string) =>
      (await namesOf(query, token)).filter((one) => one.startsWith(name)).map((one) => one.split(' ')[1]);
    expect(await ours('')).to.deep.equal(['cheap', 'dear']);
    expect(await ours('?country=de')).to.deep.equal(['cheap', 'dear']);
    expect(await ours('?country=FR')).to.deep.equal(['cheap']);
    expect(await ours('?currency=jpy')).to.deep.equal([]);
    expect(await ours('?status=all', platform.staff.token)).to.have.members(['cheap', 'dear', 'archived']);
    expect(await ours('?status=archived', platform.staff.token)).to.deep.equal(['archived']);
    for (const token of [undefined, alice.token])
      expect((await platform.call('GET', '/v1/delivery-methods?status=all', token ? { token } : {})).status).to.equal(403);
  });

  it('are chosen for an order of their currency and a country that they go to', async () => {
    const method = await create();
    const chosen = { methodId: method.id as string, currency: 'EUR' };
    expect(chooseMethod(method, chosen)).to.equal(method);
    expect(chooseMethod(method, { ...chosen, country: 'AT' })).to.equal(method);
    for (const [wrong, reason] of [
      [chooseMethod(undefined, chosen), 'UNKNOWN'],
      [chooseMethod({ ...method, status: 'archived' }, chosen), 'ARCHIVED'],
      [chooseMethod(method, { ...chosen, currency: 'JPY' }), 'OTHER_CURRENCY'],
      [chooseMethod(method, { ...chosen, country: 'FR' }), 'OTHER_COUNTRY'],
    ] as const)
      expect(wrong).to.deep.include({ extensions: { reason } });
  });

  it('are 100 at most', async () => {
    const rows = await platform.database.db('delivery_methods').select('*');
    const copies = Array.from({ length: 100 - rows.length }, () => ({ ...rows[0], id: idBytes(newId()) }));
    await platform.database.db('delivery_methods').insert(copies);
    const { status, body } = await send('POST', '', { body: parcel });
    expect([status, body.code]).to.deep.equal([409, 'TOO_MANY_DELIVERY_METHODS']);
  });

  it('are 100 at most, also if many requests create the last one at the same time', async () => {
    const methods = () => platform.database.db('delivery_methods');
    const rows = await methods().select('*');
    const copies = Array.from({ length: Math.max(0, 99 - rows.length) }, () => ({ ...rows[0], id: idBytes(newId()) }));
    if (copies.length > 0) await methods().insert(copies);
    if (rows.length === 100) await methods().where({ id: rows[99].id }).delete();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('POST', '', { body: parcel })));
    expect(answers.map(({ status }) => status)).to.have.members([201, ...Array<number>(9).fill(409)]);
    expect(await methods()).to.have.length(100);
  });
});
