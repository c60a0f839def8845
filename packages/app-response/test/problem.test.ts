import { inspect } from 'node:util';
import { expect } from 'chai';
import { AppError, problemOf, requestErrors, toAppError } from '../src/index.ts';

describe('problemOf', () => {
  it("has the members of RFC 9457 and Florin's extensions", () => {
    const errors = [{ path: 'email', message: 'email is required' }];
    const error = new AppError(requestErrors.VALIDATION_FAILED, { detail: 'Look again.', errors });
    expect(problemOf(error, 'request-1')).to.deep.equal({
      type: '/docs/errors#VALIDATION_FAILED',
      title: 'The request does not match its schema',
      status: 422,
      detail: 'Look again.',
      code: 'VALIDATION_FAILED',
      requestId: 'request-1',
      errors,
    });
  });

  it('leaves out missing members', () => {
    expect(problemOf(new AppError(requestErrors.NOT_FOUND), 'request-1')).to.have.all.keys(
      'type',
      'title',
      'status',
      'code',
      'requestId',
    );
  });

  it('takes the title from the status if the definition has none', () => {
    expect(problemOf(new AppError({ code: 'TEAPOT', status: 418, title: '' }), '')).to.include({ title: "I'm a Teapot" });
  });
});

describe('toAppError', () => {
  it('returns an AppError unchanged', () => {
    const error = new AppError(requestErrors.FORBIDDEN);
    expect(toAppError(error)).to.equal(error);
  });

  for (const thrown of [
    new RangeError('password=hunter2'),
    'text',
    42,
    null,
    undefined,
    {},
    { status: 200 },
    { status: '400' },
  ]) {
    it(`makes an internal error of ${thrown instanceof Error ? thrown.name : inspect(thrown)}`, () => {
      const error = toAppError(thrown);
      expect(error).to.include({ code: 'INTERNAL_ERROR', status: 500 });
      expect(error.cause).to.equal(thrown);
      expect(problemOf(error, 'request-1')).to.deep.equal({
        type: '/docs/errors#INTERNAL_ERROR',
        title: 'Internal error',
        status: 500,
        code: 'INTERNAL_ERROR',
        requestId: 'request-1',
      });
    });
  }
});
