import { STATUS_CODES } from 'node:http';
import { expect } from 'chai';
import { AppError, defineErrors, requestErrors } from '../src/index.ts';

const bookErrors = defineErrors({ BOOK_LENT: { status: 409, title: 'The book is lent' } });

describe('defineErrors', () => {
  it('makes each key a code', () => {
    expect(bookErrors.BOOK_LENT).to.deep.equal({ code: 'BOOK_LENT', status: 409, title: 'The book is lent' });
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(bookErrors)).to.equal(true);
    expect(Object.isFrozen(bookErrors.BOOK_LENT)).to.equal(true);
  });
});

describe('AppError', () => {
  it('carries its definition', () => {
    const error = new AppError(bookErrors.BOOK_LENT);
    expect(error).to.include({ name: 'AppError', code: 'BOOK_LENT', status: 409, message: 'The book is lent' });
    expect(error.headers).to.deep.equal({});
  });

  it('has the detail as its message, and keeps the cause', () => {
    const cause = new Error('disk');
    const error = new AppError(bookErrors.BOOK_LENT, { detail: 'Back on Friday.', cause });
    expect(error).to.include({ message: 'Back on Friday.', detail: 'Back on Friday.', cause });
  });
});

describe('requestErrors', () => {
  it('has an error status and a title for each code', () => {
    for (const [code, definition] of Object.entries(requestErrors)) {
      expect(definition).to.include({ code });
      expect(definition.status, code).to.be.within(400, 599);
      expect(STATUS_CODES, code).to.have.property(String(definition.status));
      expect(definition.title, code).to.match(/^[A-Z].*[^.]$/);
    }
  });

  it('keeps the codes that clients rely on', () => {
    const statuses = Object.fromEntries(Object.values(requestErrors).map(({ code, status }) => [code, status]));
    expect(statuses).to.include({
      VALIDATION_FAILED: 422,
      MALFORMED_JSON: 400,
      PAYLOAD_TOO_LARGE: 413,
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      NOT_FOUND: 404,
      IDEMPOTENCY_KEY_REQUIRED: 400,
      IDEMPOTENCY_KEY_REUSED: 422,
      PRECONDITION_REQUIRED: 428,
      PRECONDITION_FAILED: 412,
      RATE_LIMITED: 429,
      UNAVAILABLE: 503,
    });
  });
});
