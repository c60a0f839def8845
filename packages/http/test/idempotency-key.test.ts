import { expect } from 'chai';
import type { Request } from 'express';
import { idempotencyKeyOf, requestHash } from '../src/idempotency-key.ts';

function requestWith(key: string | undefined): Request {
  return { get: () => key } as unknown as Request;
}

describe('the idempotency key', () => {
  it('is 1 to 255 visible ASCII characters', () => {
    for (const key of ['k', '!~', 'x'.repeat(255)]) expect(idempotencyKeyOf(requestWith(key))).to.equal(key);
    for (const key of [undefined, '', 'a b', 'é', 'x'.repeat(256), 'a\n'])
      expect(() => idempotencyKeyOf(requestWith(key)))
        .to.throw()
        .and.include({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
  });

  it('is stored with a hash whose formula never changes, because the previous release compares it', () => {
    const hash = 'eca933cadab4b6d6943ac93d323b86e907b950f1c00aa61c6816cbb16de61d04';
    expect(requestHash(['EUR', 5, null]).toString('hex')).to.equal(hash);
  });
});
