import { AppError, defineErrors, requestErrors } from '@florin/app-response';
import { sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { type Endpoint, endpoint } from '../src/index.ts';
import { startApp } from './start-app.ts';

const errors = defineErrors({
  BOOK_LENT: { status: 409, title: 'The book is lent' },
  BOOK_LOST: { status: 410, title: 'The book is lost' },
});

function failing(path: string, error: AppError): Endpoint {
  return endpoint({
    operationId: 'readBook',
    method: 'get',
    path,
    formerPaths: [{ path: `/old${path}`, since: '2026-11-27', sunset: '2027-11-27' }],
    summary: 'Read a book',
    access: 'anyone',
    errors: [errors.BOOK_LENT],
    answers: { 200: { description: 'The book' } },
    handle: () => Promise.reject(error),
  });
}

const endpoints = [
  failing('/v1/declared', new AppError(errors.BOOK_LENT)),
  failing('/v1/implied', new AppError(requestErrors.VALIDATION_FAILED)),
  failing('/v1/undeclared', new AppError(errors.BOOK_LOST)),
];

describe('the errors of an endpoint', () => {
  let server: Awaited<ReturnType<typeof startApp>>;
  before(async () => {
    server = await startApp(endpoints);
  });
  after(() => server.stop());

  const codeAt = async (path: string, method = 'GET') => {
    const { status, text } = await sendRequest(`${server.url}${path}`, method);
    return [status, text === '' ? undefined : (JSON.parse(text) as { code: string }).code];
  };

  it('are answered if it declares them, or if its properties imply them', async () => {
    expect(await codeAt('/v1/declared')).to.deep.equal([409, 'BOOK_LENT']);
    expect(await codeAt('/v1/implied')).to.deep.equal([422, 'VALIDATION_FAILED']);
  });

  it('become a 500 if it does not declare them, also at its former path and on HEAD', async () => {
    expect(await codeAt('/v1/undeclared')).to.deep.equal([500, 'INTERNAL_ERROR']);
    expect(await codeAt('/old/v1/undeclared')).to.deep.equal([500, 'INTERNAL_ERROR']);
    expect(await codeAt('/v1/undeclared', 'HEAD')).to.deep.equal([500, undefined]);
  });

  it('are the same at its former paths, which the document leaves out', async () => {
    expect(await codeAt('/old/v1/declared')).to.deep.equal([409, 'BOOK_LENT']);
    const { text } = await sendRequest(`${server.url}/openapi.json`, 'GET');
    const { paths } = JSON.parse(text) as { paths: Record<string, { get: { responses: Record<string, unknown> } }> };
    expect(Object.keys(paths)).to.deep.equal(endpoints.map(({ path }) => path));
    expect(paths['/v1/declared']?.get.responses).to.have.all.keys('200', '400', '409', '422', '429', '500', '503', 'default');
  });
});
