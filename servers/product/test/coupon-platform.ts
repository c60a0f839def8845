import { newId } from '@florin/database';
import type { HttpClient } from '@florin/testing';
import { expect } from 'chai';
import type { Person, ProductPlatform } from './product-platform.ts';

/** Requests about coupons, as staff and buyers send them. */
export function couponClient(platform: ProductPlatform) {
  const asStaff = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    platform.call(method, path, { token: platform.staff.token, headers, ...(body === undefined ? {} : { body }) });
  return {
    asStaff,
    create: (fields: Record<string, unknown> = {}): ReturnType<HttpClient> =>
      asStaff('POST', '/v1/coupons', { code: codeOf(), kind: 'percent', percent: 10, ...fields }),
    edit: (id: string, version: number, changes: unknown): ReturnType<HttpClient> =>
      asStaff('PATCH', `/v1/coupons/${id}`, changes, { 'if-match': `"${version}"` }),
    buyWith: (who: Person, couponCode: string, productId: string, key = newId()): ReturnType<HttpClient> =>
      platform.call('POST', '/v1/purchases', {
        token: who.token,
        body: { items: [{ productId, quantity: 1 }], couponCode },
        headers: { 'idempotency-key': key },
      }),
    /** Returns the code of a new coupon. */
    async coupon(fields: Record<string, unknown> = {}): Promise<{ id: string; code: string }> {
      const { status, body } = await asStaff('POST', '/v1/coupons', { code: codeOf(), kind: 'percent', percent: 10, ...fields });
      expect(status, JSON.stringify(body)).to.equal(201);
      return body.data;
    },
  };
}

function codeOf(): string {
  return `C-${newId().slice(-12).toUpperCase()}`;
}
