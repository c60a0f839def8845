import { expect } from 'chai';
import { findBreakingChanges } from './find-breaking-changes.ts';
import type { ApiDocument } from './read-operations.ts';

type Json = Record<string, unknown>;

const item = {
  type: 'object',
  properties: { productId: { type: 'string', format: 'uuid' }, quantity: { type: 'integer', minimum: 1, maximum: 50 } },
  required: ['productId', 'quantity'],
  additionalProperties: false,
};
const order = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    status: { type: 'string', enum: ['requested', 'paid'] },
    at: { type: 'string', format: 'date-time' },
    note: { type: 'string' },
    parent: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Order' }] },
  },
  required: ['id', 'status'],
};

/** Makes a document with one operation of every kind. */
function makeDocument(): ApiDocument {
  return structuredClone({
    openapi: '3.1.0',
    paths: {
      '/v1/orders': {
        get: {
          operationId: 'listOrders',
          security: [],
          parameters: [
            { name: 'sort', in: 'query', schema: { type: 'string', enum: ['price', 'name'] } },
            { $ref: '#/components/parameters/Limit' },
          ],
          responses: { 200: json({ type: 'array', items: { $ref: '#/components/schemas/Order' } }) },
        },
        post: {
          operationId: 'createOrder',
          security: [{ bearer: ['orders'] }, { cookie: [] }],
          'x-access': 'staff',
          parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } }],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    items: { type: 'array', maxItems: 50, items: item },
                    by: { type: 'string', enum: ['buyer', 'staff'] },
                    reason: { type: ['string', 'null'], maxLength: 100 },
                  },
                  required: ['items'],
                },
              },
            },
          },
          responses: {
            202: { ...json({ $ref: '#/components/schemas/Order' }), headers: { Location: { schema: { type: 'string' } } } },
            409: problem(['OUT_OF_STOCK', 'TOO_MANY']),
          },
        },
      },
      '/v1/orders/{id}': {
        get: {
          operationId: 'getOrder',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
          responses: { 200: json({ $ref: '#/components/schemas/Order' }) },
        },
      },
    },
    components: { schemas: { Order: order, Item: item }, parameters: { Limit: limit() } },
  }) as unknown as ApiDocument;
}

function limit(): Json {
  return { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } };
}

function json(schema: Json): Json {
  return { content: { 'application/json': { schema } } };
}

function problem(codes: string[]): Json {
  const schema = { type: 'object', properties: { code: { type: 'string', enum: codes } }, required: ['code'] };
  return { content: { 'application/problem+json': { schema } } };
}

/** Finds the value at a path of keys. */
function at(document: unknown, ...keys: string[]): Json {
  return keys.reduce((node, key) => (node as Json)[key] as Json, document as Json);
}

const post = ['paths', '/v1/orders', 'post'];
const body = [...post, 'requestBody', 'content', 'application/json', 'schema'];
const orders = ['components', 'schemas', 'Order'];

type Change = (document: ApiDocument) => void;

function changesAfter(change: Change): string[] {
  const after = makeDocument();
  change(after);
  return findBreakingChanges({ before: makeDocument(), after });
}

describe('findBreakingChanges', () => {
  const breaking: Record<string, [Change, string]> = {
    'a removed path': [(to) => delete at(to, 'paths')['/v1/orders/{id}'], 'GET /v1/orders/{} is gone'],
    'a removed operation': [(to) => delete at(to, 'paths', '/v1/orders')['post'], 'POST /v1/orders is gone'],
    'another operationId': [
      (to) => (at(to, ...post)['operationId'] = 'order'),
      'POST /v1/orders: operationId was createOrder and is order',
    ],
    'a token where none was needed': [
      (to) => (at(to, 'paths', '/v1/orders', 'get')['security'] = [{ bearer: [] }]),
      'GET /v1/orders newly requires a token',
    ],
    'a raised role': [(to) => (at(to, ...post)['x-access'] = 'admin'), 'POST /v1/orders: x-access was staff and is admin'],
    'a role that is no longer stated': [
      (to) => delete at(to, ...post)['x-access'],
      'POST /v1/orders: x-access was staff and is none',
    ],
    'a role that nobody knows yet': [
      (to) => (at(to, ...post)['x-access'] = 'auditor'),
      'POST /v1/orders: x-access was staff and is auditor',
    ],
    'a further permission': [
      (to) => (at(to, ...post)['security'] = [{ bearer: ['orders', 'refunds'] }, { cookie: [] }]),
      'POST /v1/orders no longer accepts bearer (orders)',
    ],
    'a further token': [
      (to) => (at(to, ...post)['security'] = [{ bearer: ['orders'] }, { cookie: [], bearer: [] }]),
      'POST /v1/orders no longer accepts cookie',
    ],
    'a new required parameter': [
      (to) => (at(to, ...post)['parameters'] = [{ name: 'dry', in: 'query', required: true }, ...postParameters()]),
      'POST /v1/orders: query dry is newly required',
    ],
    'a parameter that becomes required': [
      (to) => (at(to, 'components', 'parameters', 'Limit')['required'] = true),
      'GET /v1/orders: query limit is newly required',
    ],
    'a removed parameter': [
      (to) => (at(to, 'paths', '/v1/orders', 'get')['parameters'] = [{ $ref: '#/components/parameters/Limit' }]),
      'GET /v1/orders: query sort is no longer taken',
    ],
    'a removed value of a parameter': [
      (to) => (at(to, 'paths', '/v1/orders', 'get', 'parameters', '0')['schema'] = { type: 'string', enum: ['price'] }),
      'GET /v1/orders: query sort no longer takes "name"',
    ],
    'narrowed bounds of a parameter': [
      (to) => (at(to, 'components', 'parameters', 'Limit')['schema'] = { type: 'integer', minimum: 1, maximum: 50 }),
      'GET /v1/orders: query limit: maximum was 100 and is 50',
    ],
    'another type of a path parameter': [
      (to) => (at(to, 'paths', '/v1/orders/{id}', 'get', 'parameters', '0')['schema'] = { type: 'integer' }),
      'GET /v1/orders/{}: path 1 was string and is integer',
    ],
    'a new required field of the body': [
      (to) => (at(to, ...body)['required'] = ['items', 'by']),
      'POST /v1/orders: body.by is newly required',
    ],
    'a removed field of the body': [
      (to) => delete at(to, ...body, 'properties')['reason'],
      'POST /v1/orders: body.reason is no longer taken',
    ],
    'narrowed bounds of a nested field': [
      (to) => (at(to, ...body, 'properties', 'items', 'items', 'properties', 'quantity')['minimum'] = 2),
      'POST /v1/orders: body.items[].quantity: minimum was 1 and is 2',
    ],
    'a new pattern': [
      (to) => (at(to, ...body, 'properties', 'items', 'items', 'properties', 'productId')['pattern'] = '^a'),
      'POST /v1/orders: body.items[].productId: pattern was none and is "^a"',
    ],
    'a removed value of the body': [
      (to) => (at(to, ...body, 'properties', 'by')['enum'] = ['buyer']),
      'POST /v1/orders: body.by no longer takes "staff"',
    ],
    'a body that no longer takes null': [
      (to) => (at(to, ...body, 'properties', 'reason')['type'] = 'string'),
      'POST /v1/orders: body.reason no longer takes null',
    ],
    'a removed media type of the body': [
      (to) => (at(to, ...post, 'requestBody')['content'] = { 'text/csv': {} }),
      'POST /v1/orders: body: application/json is gone',
    ],
    'a removed status': [(to) => delete at(to, ...post, 'responses')['202'], 'POST /v1/orders 202 is gone'],
    'a removed header of an answer': [
      (to) => delete at(to, ...post, 'responses', '202', 'headers')['Location'],
      'POST /v1/orders 202: header Location is gone',
    ],
    'a removed error code': [
      (to) => (at(to, ...post, 'responses')['409'] = problem(['OUT_OF_STOCK'])),
      'POST /v1/orders 409: error code TOO_MANY is gone',
    ],
    'a removed required field of an answer': [
      (to) => {
        delete at(to, ...orders, 'properties')['id'];
        at(to, ...orders)['required'] = ['status'];
      },
      'POST /v1/orders 202.id is gone',
    ],
    'a removed optional field of an answer': [
      (to) => delete at(to, ...orders, 'properties')['note'],
      'GET /v1/orders 200[].note is gone',
    ],
    'a field of an answer that may be absent': [
      (to) => (at(to, ...orders)['required'] = ['id']),
      'GET /v1/orders/{} 200.status is no longer always there',
    ],
    'another type in an answer': [
      (to) => (at(to, ...orders, 'properties')['id'] = { type: 'integer' }),
      'GET /v1/orders/{} 200.id was string and is integer',
    ],
    'null in an answer': [
      (to) => (at(to, ...orders, 'properties')['note'] = { type: ['string', 'null'] }),
      'GET /v1/orders/{} 200.note may now be null',
    ],
    'another format in an answer': [
      (to) => (at(to, ...orders, 'properties', 'at')['format'] = 'date'),
      'GET /v1/orders/{} 200.at had the format "date-time" and has "date"',
    ],
  };
  for (const [name, [change, message]] of Object.entries(breaking))
    it(`reports ${name}`, () => expect(changesAfter(change)).to.include(message));

  const harmless: Record<string, Change> = {
    'the same document': () => {},
    'a new path': (to) => (at(to, 'paths')['/v1/carts'] = {}),
    'another name of a path parameter': (to) => {
      const paths = at(to, 'paths');
      paths['/v1/orders/{orderId}'] = paths['/v1/orders/{id}'];
      delete paths['/v1/orders/{id}'];
      at(paths, '/v1/orders/{orderId}', 'get', 'parameters', '0')['name'] = 'orderId';
    },
    'no token where one was needed': (to) => (at(to, ...post)['security'] = []),
    'fewer permissions, and a further kind of token': (to) =>
      (at(to, ...post)['security'] = [{ bearer: [] }, { cookie: [] }, { key: [] }]),
    'a lower role': (to) => (at(to, ...post)['x-access'] = 'user'),
    'a role that is newly stated': (to) => (at(to, 'paths', '/v1/orders', 'get')['x-access'] = 'anyone'),
    'a new optional parameter': (to) =>
      (at(to, ...post)['parameters'] = [...postParameters(), { name: 'dry', in: 'query', schema: { type: 'boolean' } }]),
    'a new optional field of the body': (to) => (at(to, ...body, 'properties')['gift'] = { type: 'boolean' }),
    'a field of the body that becomes optional': (to) => (at(to, ...body)['required'] = []),
    'wider bounds of the body': (to) =>
      (at(to, ...body, 'properties', 'items', 'items', 'properties', 'quantity')['maximum'] = 99),
    'a new value of the body': (to) => (at(to, ...body, 'properties', 'by')['enum'] = ['buyer', 'staff', 'carrier']),
    'a new type of the body': (to) => (at(to, ...body, 'properties', 'by')['type'] = ['string', 'null']),
    'a new field of an answer': (to) => (at(to, ...orders, 'properties')['total'] = { type: 'integer' }),
    'a field of an answer that is newly required': (to) => (at(to, ...orders)['required'] = ['id', 'status', 'note']),
    'a new value of an answer': (to) => (at(to, ...orders, 'properties', 'status')['enum'] = ['requested', 'paid', 'lost']),
    'longer texts in an answer': (to) => (at(to, ...orders, 'properties', 'note')['maxLength'] = 9),
    'a new status': (to) => (at(to, ...post, 'responses')['200'] = json({ type: 'object' })),
    'a new error code': (to) => (at(to, ...post, 'responses')['409'] = problem(['OUT_OF_STOCK', 'TOO_MANY', 'CLOSED'])),
    'a schema written in place of its reference': (to) =>
      (at(to, 'paths', '/v1/orders/{id}', 'get', 'responses')['200'] = json(order)),
  };
  for (const [name, change] of Object.entries(harmless))
    it(`accepts ${name}`, () => expect(changesAfter(change)).to.deep.equal([]));

  it('accepts the end of a deprecated operation after its sunset, and not before', () => {
    const before = makeDocument();
    Object.assign(at(before, ...post), { deprecated: true, 'x-sunset': '2027-01-01' });
    const after = makeDocument();
    delete at(after, 'paths', '/v1/orders')['post'];
    expect(findBreakingChanges({ before, after }, new Date('2026-12-31'))).to.deep.equal(['POST /v1/orders is gone']);
    expect(findBreakingChanges({ before, after }, new Date('2027-01-01'))).to.deep.equal([]);
  });
});

function postParameters(): Json[] {
  return at(makeDocument(), ...post)['parameters'] as Json[];
}
