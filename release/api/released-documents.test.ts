import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { findBreaksSinceRelease, releaseDocuments } from './released-documents.ts';

const root = join(import.meta.dirname, '../..');

type Json = Record<string, unknown>;

describe('the API documents', () => {
  let copy: string;

  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'florin-documents-'));
    await cp(join(root, 'docs/api'), join(copy, 'docs/api'), { recursive: true });
  });
  afterEach(() => rm(copy, { recursive: true, force: true }));

  /** Changes today's document in the copy. */
  const plant = async (file: string, change: (document: Json) => unknown): Promise<void> => {
    const path = join(copy, 'docs/api', file);
    const document = JSON.parse(await readFile(path, 'utf8')) as Json;
    change(document);
    await writeFile(path, JSON.stringify(document));
  };

  it('have no breaking change since the last release', async () => {
    expect(await readdir(join(root, 'docs/api/released'))).to.include.members(['events.json', ...services]);
    expect(await findBreaksSinceRelease(root)).to.deep.equal([]);
  });

  it('show breaking changes of operations that are planted in them', async () => {
    await plant('auth.json', ({ paths }) => delete (paths as Json)['/v1/auth/signup']);
    await plant('product.json', (document) => {
      const post = at(document, 'paths', '/v1/purchases', 'post');
      post['operationId'] = 'order';
      delete (post['responses'] as Json)['202'];
    });
    await plant('payment.json', (document) => {
      const get = at(document, 'paths', '/v1/payments', 'get');
      get['parameters'] = [{ name: 'reason', in: 'query', required: true, schema: { type: 'string' } }];
    });
    const findings = await findBreaksSinceRelease(copy);
    expect(findings).to.include.members([
      'auth.json: POST /v1/auth/signup is gone',
      'product.json: POST /v1/purchases 202 is gone',
      'payment.json: GET /v1/payments: query reason is newly required',
    ]);
    expect(findings.join('\n')).to.match(/product\.json: POST \/v1\/purchases: operationId was \w+ and is order/);
  });

  it('show a raised role once a release has stated it', async () => {
    const raise = (access: string) =>
      plant('product.json', (document) => (at(document, 'paths', '/v1/purchases/{id}/ship', 'post')['x-access'] = access));
    await releaseDocuments(copy);
    await raise('admin');
    expect(await findBreaksSinceRelease(copy)).to.deep.equal([
      'product.json: POST /v1/purchases/{}/ship: x-access was staff and is admin',
    ]);
    await raise('user');
    expect(await findBreaksSinceRelease(copy)).to.deep.equal([]);
  });

  it('show breaking changes of events that are planted in them', async () => {
    await plant('events.json', (document) => {
      delete at(document, 'components', 'messages')['user-erased'];
      at(document, 'components', 'schemas', 'purchase-paid', 'properties')['amountMinor'] = { type: 'string' };
      at(document, 'channels', 'sessions')['address'] = 'florin.tokens';
    });
    expect(await findBreaksSinceRelease(copy)).to.include.members([
      'events.json: user-erased is gone',
      'events.json: purchase-paid.data.amountMinor takes other values',
      'events.json: session-revoked was in the topic florin.sessions and is in florin.tokens',
    ]);
  });

  it('show a document that is gone', async () => {
    await rm(join(copy, 'docs/api/auth.json'));
    expect(await findBreaksSinceRelease(copy)).to.deep.equal(['auth.json: is gone']);
  });

  it('become those of the release, unless they break clients', async () => {
    await plant('auth.json', ({ paths }) => ((paths as Json)['/v1/new'] = { get: { operationId: 'getNew', responses: {} } }));
    expect(await releaseDocuments(copy)).to.include('docs/api/released/auth.json');
    expect(await readFile(join(copy, 'docs/api/released/auth.json'), 'utf8')).to.include('getNew');
    await plant('auth.json', ({ paths }) => delete (paths as Json)['/v1/new']);
    expect(String(await failureOf(releaseDocuments(copy)))).to.include('auth.json: GET /v1/new is gone');
    expect(await readFile(join(copy, 'docs/api/released/auth.json'), 'utf8')).to.include('getNew');
  });
});

const services = ['auth.json', 'payment.json', 'product.json'];

/** Finds the value at a path of keys. */
function at(document: unknown, ...keys: string[]): Json {
  return keys.reduce((node, key) => (node as Json)[key] as Json, document as Json);
}
