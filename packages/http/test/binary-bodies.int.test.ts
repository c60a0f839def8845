import { expect } from 'chai';
import Joi from 'joi';
import { endpoint, type HttpServer, reply } from '../src/index.ts';
import { startApp } from './start-app.ts';

const MAX_BYTES = 1_000;

describe('bodies of bytes', () => {
  let server: HttpServer & { url: string };
  before(async () => {
    server = await startApp([
      endpoint({
        operationId: 'addCover',
        method: 'post',
        path: '/v1/covers',
        summary: 'Add a cover',
        access: 'anyone',
        body: Joi.object<{ text: string }>({ text: Joi.string().required() }),
        maxBodyBytes: 100_000,
        isFlatBody: true,
        binaryBody: { types: ['image/png'], maxBytes: MAX_BYTES },
        answers: { 201: { description: 'What arrived', data: Joi.object({ bytes: Joi.number(), text: Joi.string() }) } },
        handle: ({ bytes, body }) => Promise.resolve(reply(201, bytes === undefined ? body : { bytes: bytes.length })),
      }),
      endpoint({
        operationId: 'getCover',
        method: 'get',
        path: '/v1/covers/first',
        summary: 'Read a cover',
        access: 'anyone',
        answers: { 200: { description: 'The cover', contentTypes: ['image/png'] } },
        handle: () => Promise.resolve({ status: 200, bytes: Buffer.from([0, 255, 1]), headers: { 'Content-Type': 'image/png' } }),
      }),
    ]);
  });
  after(() => server.stop());

  const send = async (body: string | Uint8Array<ArrayBuffer>, type: string, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', body, headers: { 'content-type': type, ...headers } };
    const response = await fetch(`${server.url}/v1/covers`, init);
    const { data, code } = (await response.json()) as { data?: unknown; code?: string };
    return [response.status, code ?? data];
  };

  it('arrive whole, beside JSON', async () => {
    expect(await send(new Uint8Array(MAX_BYTES), 'image/png')).to.deep.equal([201, { bytes: MAX_BYTES }]);
    expect(await send('{"text":"tea"}', 'application/json')).to.deep.equal([201, { text: 'tea' }]);
  });

  it('are refused beyond their bound, compressed, and of other types', async () => {
    expect(await send(new Uint8Array(MAX_BYTES + 1), 'image/png')).to.deep.equal([413, 'PAYLOAD_TOO_LARGE']);
    const compressed = await send(new Uint8Array(9), 'image/png', { 'content-encoding': 'gzip' });
    expect(compressed).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await send(new Uint8Array(9), 'image/gif')).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('that are flat JSON may be long, and have few parts', async () => {
    const text = 'a'.repeat(90_000);
    expect(await send(JSON.stringify({ text }), 'application/json')).to.deep.equal([201, { text }]);
    for (const body of ['['.repeat(1_000), `{${'"a":1,'.repeat(40)}"text":""}`, '{"text":"é"}'])
      expect(await send(body, 'application/json')).to.deep.equal([422, 'VALIDATION_FAILED']);
    expect(await send('{"text"', 'application/json')).to.deep.equal([400, 'MALFORMED_JSON']);
  });

  it('are answered as they are', async () => {
    const response = await fetch(`${server.url}/v1/covers/first`);
    expect([...new Uint8Array(await response.arrayBuffer())]).to.deep.equal([0, 255, 1]);
    expect(response.headers.get('content-type')).to.equal('image/png');
    expect(response.headers.get('content-length')).to.equal('3');
  });
});
