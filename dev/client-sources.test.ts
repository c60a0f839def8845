import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type ApiDocument, clientSources, readApiDocument } from './client-sources.ts';

describe('the generated sources of @florin/client', function () {
  this.timeout(60_000);

  it('are those of docs/api/florin.json (npm run docs makes them)', async () => {
    for (const [file, text] of Object.entries(await clientSources(readApiDocument())))
      expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8') === text, file).to.equal(true);
  });

  it('have open enums in answers, closed ones in requests, and optional keys', async () => {
    const status = { type: 'string', enum: ['on', 'off'] };
    const json = (schema: object) => ({ content: { 'application/json': { schema } } });
    const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Lamps', version: '1' },
      paths: {
        '/lamps': {
          post: {
            parameters: [{ $ref: '#/components/parameters/Key' }],
            requestBody: json({ type: 'object', required: ['status'], properties: { status } }),
            responses: {
              200: { description: 'The lamp', ...json({ type: 'object', required: ['status'], properties: { status } }) },
            },
          },
        },
      },
      components: { parameters: { Key: key } },
    } as unknown as ApiDocument;
    const { 'packages/client/src/generated/api.ts': types = '', 'packages/client/src/generated/routes.ts': routes } =
      await clientSources(document);
    expect(types.match(/status: .*/g)).to.deep.equal(['status: "on" | "off";', 'status: "on" | "off" | (string & {});']);
    expect(types).to.match(/Key"?\?: components/);
    expect(routes).to.include('"post /lamps"');
  });
});
