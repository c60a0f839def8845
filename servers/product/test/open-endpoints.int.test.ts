import { newId } from '@florin/database';
import { makeEvent } from '@florin/events';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const EXPIRED_S = -120;

describe('invalid tokens', () => {
  let platform: ProductPlatform;
  const authorizations: Record<string, string> = { malformed: 'Bearer abc', 'of another scheme': 'Basic abc', empty: '' };
  let paths: string[];

  before(async () => {
    platform = await startProduct();
    const { id, categoryId } = (await platform.product()) as unknown as Record<string, string>;
    paths = ['/v1/products', `/v1/products/${id}`, '/v1/categories', `/v1/categories/${categoryId}`];
    const staff = { id: newId(), roles: ['buyer', 'staff'] };
    authorizations['expired'] = `Bearer ${platform.tokenFor({ ...staff, expiresInS: EXPIRED_S })}`;
    authorizations['revoked'] = `Bearer ${await revokedToken(staff)}`;
  });
  after(() => platform.stop());

  async function revokedToken({ id, roles }: { id: string; roles: string[] }): Promise<string> {
    const sid = newId();
    const token = platform.tokenFor({ id, roles, sid });
    const expiresAt = new Date(Date.now() + 900_000).toISOString();
    await platform.publish(makeEvent('session-revoked', { sequence: 1, data: { sid, userId: id, expiresAt } }));
    await eventually(async () => expect((await platform.call('GET', '/v1/purchases', { token })).status).to.equal(401));
    return token;
  }

  const get = (path: string, authorization: string) => platform.call('GET', path, { headers: { authorization } });

  it('are ignored by public endpoints', async () => {
    for (const path of paths) {
      const { body: anonymous } = await platform.call('GET', path);
      for (const [name, authorization] of Object.entries(authorizations)) {
        const { status, body } = await get(path, authorization);
        expect({ status, body }, `${path} with a token that is ${name}`).to.deep.equal({ status: 200, body: anonymous });
      }
    }
  });

  it('are rejected if the answer depends on the user', async () => {
    for (const query of ['withinLimit=true', 'status=archived', 'lowStock=true', 'lowStock=false'])
      for (const [name, authorization] of Object.entries(authorizations)) {
        const { status, headers, body } = await get(`/v1/products?${query}`, authorization);
        expect({ status, code: body.code }, `${query} with a token that is ${name}`).to.deep.equal({
          status: 401,
          code: 'UNAUTHENTICATED',
        });
        expect(headers.get('www-authenticate')).to.equal('Bearer error="invalid_token"');
      }
    const { body } = await get('/v1/products?withinLimit=true', authorizations['expired'] ?? '');
    expect(body.detail).to.equal('The access token has expired.');
  });

  it('are distinguished from a missing token in WWW-Authenticate', async () => {
    const { status, headers } = await platform.call('GET', '/v1/products?withinLimit=true');
    expect([status, headers.get('www-authenticate')]).to.deep.equal([401, 'Bearer']);
  });
});
