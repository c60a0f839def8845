import { expect } from 'chai';
import type { Request } from 'express';
import { assertSameRequest, idempotencyKeyOf, requestHash } from '../src/index.ts';

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

  it('is good for one request', () => {
    const hash = requestHash(['EUR', 5, null]);
    expect(hash).to.have.length(32);
    expect(() => assertSameRequest(hash, requestHash(['EUR', 5, null]))).not.to.throw();
    for (const other of [
      ['EUR', 6, null],
      ['EUR', '5', null],
      ['EUR', 5],
    ])
      expect(() => assertSameRequest(hash, requestHash(other)))
        .to.throw()
        .and.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});
