import { expect } from 'chai';
import { createAnswerCheck, type SentAnswer } from './find-answer-faults.ts';

const json = (schema: object): object => ({ content: { 'application/json': { schema } } });

const document = {
  paths: {
    '/v1/books/{id}': {
      get: {
        responses: {
          200: {
            ...json({
              type: 'object',
              properties: { data: { $ref: '#/components/schemas/Book' } },
              required: ['data'],
            }),
            headers: { ETag: { $ref: '#/components/headers/ETag' }, Age: { schema: { type: 'integer' } } },
          },
          409: { $ref: '#/components/responses/Lent' },
        },
      },
      delete: { responses: { 204: { description: 'It is gone' } } },
    },
    '/v1/lines': { get: { responses: { 200: { content: { 'text/csv': { schema: { type: 'string' } } } } } } },
  },
  components: {
    headers: { ETag: { required: true, schema: { type: 'string', pattern: '^"[0-9]+"$' } } },
    responses: {
      Lent: {
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                {
                  type: 'object',
                  properties: { code: { const: 'BOOK_LENT' }, until: { type: 'string', format: 'date' } },
                  required: ['code', 'until'],
                },
              ],
            },
          },
        },
      },
    },
    schemas: {
      Book: {
        type: 'object',
        properties: { title: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
        required: ['title'],
      },
      Problem: {
        type: 'object',
        properties: { title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' } },
        required: ['title', 'status', 'code'],
      },
    },
  },
};

const check = createAnswerCheck(document);
const jsonType = { 'content-type': 'application/json; charset=utf-8' };
const problemType = { 'content-type': 'application/problem+json; charset=utf-8' };

function book(data: object, changes: Partial<SentAnswer> = {}): SentAnswer {
  return {
    method: 'GET',
    route: '/v1/books/:id',
    status: 200,
    headers: { ...jsonType, etag: '"1"' },
    json: JSON.stringify({ data }),
    isEmpty: false,
    ...changes,
  };
}

function problem(body: object, changes: Partial<SentAnswer> = {}): SentAnswer {
  return book({}, { status: 409, headers: problemType, json: JSON.stringify(body), ...changes });
}

const lent = { title: 'The book is lent', status: 409, code: 'BOOK_LENT', until: '2026-12-01' };

describe('the comparison of answers with the document', () => {
  const documented: Record<string, SentAnswer> = {
    'an answer': book({ title: 'Emma', at: '2026-11-27T06:00:00.000Z' }),
    'an answer to HEAD': book({}, { method: 'HEAD', json: undefined, isEmpty: true }),
    'a documented header': book({ title: 'Emma' }, { headers: { ...jsonType, etag: '"1"', age: '7' } }),
    'a problem with its own members': problem(lent),
    'an empty answer': book({}, { method: 'DELETE', status: 204, headers: {}, json: undefined, isEmpty: true }),
    'text of a documented type': book(
      {},
      { route: '/v1/lines', headers: { 'content-type': 'text/csv' }, json: undefined, isEmpty: false },
    ),
    'an empty text': book({}, { route: '/v1/lines', headers: { 'content-type': 'text/csv' }, json: undefined, isEmpty: true }),
    'a problem of an unknown path': problem(
      { title: 'Not found', status: 404, code: 'NOT_FOUND' },
      { route: undefined, status: 404 },
    ),
    'the answer to OPTIONS': book({}, { method: 'OPTIONS', status: 204, headers: {}, json: undefined, isEmpty: true }),
  };
  for (const [name, answer] of Object.entries(documented)) it(`accepts ${name}`, () => expect(check(answer)).to.deep.equal([]));

  const wrong: Record<string, [SentAnswer, RegExp]> = {
    'an unknown path': [book({}, { route: '/v1/shelves' }), /GET \/v1\/shelves is not documented/],
    'an unknown status': [book({ title: 'Emma' }, { status: 202 }), /status 202 is not documented/],
    'an undocumented body': [book({}, { method: 'DELETE', status: 204 }), /a body is not documented/],
    'a missing body': [book({}, { json: undefined, isEmpty: true }), /the documented body is missing/],
    'another media type': [book({}, { headers: { 'content-type': 'text/html', etag: '"1"' } }), /media type text\/html/],
    'a missing field': [book({}), /\/data must have required property 'title'/],
    'a field that the document lacks': [book({ title: 'Emma', isbn: '1' }), /must NOT have unevaluated properties.*isbn/],
    'another type': [book({ title: 7 }), /\/data\/title must be string/],
    'another format': [book({ title: 'Emma', at: 'today' }), /\/data\/at must match format "date-time"/],
    'a missing header': [book({ title: 'Emma' }, { headers: jsonType }), /header ETag is missing/],
    'another form of a header': [book({ title: 'Emma' }, { headers: { ...jsonType, etag: '1' } }), /header ETag .*pattern/],
    'a header that the document lacks': [
      book({ title: 'Emma' }, { headers: { ...jsonType, etag: '"1"', location: '/' } }),
      /header location is not documented/,
    ],
    'another error code': [problem({ ...lent, code: 'BOOK_LOST' }), /\/code must be equal to constant/],
    'a missing member of a problem': [problem({ ...lent, until: undefined }), /must have required property 'until'/],
    'a further member of a problem': [problem({ ...lent, by: 'me' }), /must NOT have unevaluated properties.*by/],
    'a problem without its type': [problem(lent, { headers: jsonType }), /media type application\/json is not documented/],
  };
  for (const [name, [answer, message]] of Object.entries(wrong))
    it(`reports ${name}`, () => expect(check(answer).join('\n')).to.match(message));
});
