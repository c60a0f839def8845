import { type ErrorDefinition, PROBLEM_CONTENT_TYPE } from '@florin/app-response';
import { named, wholeNumber } from '@florin/values';
import Joi, { type Schema } from 'joi';
import { errorHeaders, type ResponseHeader, responseHeaders } from './documented-headers.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import { errorsOf } from './endpoint-errors.ts';
import type { DocumentParts } from './openapi-parts.ts';
import { describedProblem, problemSchema } from './openapi-problems.ts';
import type { Json } from './schema-writer.ts';

const pageFields = {
  limit: wholeNumber().required(),
  nextCursor: Joi.string().allow(null).required().description('`cursor` of the next page; null on the last page'),
};
const pageSchema = named('Page', Joi.object(pageFields));

const ofEveryResponse = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'] as const;

export function successResponses(endpoint: Endpoint, parts: DocumentParts): Json {
  return Object.fromEntries(
    Object.entries(endpoint.answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        headers: {
          ...headersOf([...impliedHeaders(endpoint, Number(status), answer), ...(answer.headers ?? [])], parts),
          ...optionalHeaders(answer),
        },
        ...contentOf(answer, parts),
        ...linksOf(answer),
      },
    ]),
  );
}

/** One response per status, with all codes of the status; `default` for the errors that a proxy or the server itself answers. */
export function errorResponses(endpoint: Endpoint, parts: DocumentParts): Json {
  const byStatus = Map.groupBy(errorsOf(endpoint), ({ status }) => String(status));
  const responses = [...byStatus].map(([status, errors]) => [status, problemResponse(errors, parts)] as const);
  return Object.fromEntries([...responses, ['default', otherProblem(parts)]]);
}

function impliedHeaders({ idempotent, deprecated }: Endpoint, status: number, { isList, isPaged }: Answer): ResponseHeader[] {
  return [
    ...(isList || isPaged ? (['Link'] as const) : []),
    ...(idempotent !== undefined && status === 200 ? (['Idempotent-Replayed'] as const) : []),
    ...(deprecated === undefined ? [] : (['Deprecation', 'Sunset', 'Link'] as const)),
  ];
}

function headersOf(names: readonly ResponseHeader[], parts: DocumentParts): Json {
  return Object.fromEntries([...ofEveryResponse, ...names].map((name) => [name, parts.responseHeader(name)]));
}

function optionalHeaders({ optionalHeaders: names = [] }: Answer): Json {
  return Object.fromEntries(names.map((name) => [name, { ...responseHeaders[name], required: false }]));
}

function contentOf({ data, contentTypes, ...answer }: Answer, parts: DocumentParts): Json {
  const texts = (contentTypes ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }] as const);
  const json =
    data === undefined ? [] : [['application/json', { schema: parts.schema(bodyOf(data, answer), 'answer') }] as const];
  return texts.length + json.length === 0 ? {} : { content: Object.fromEntries([...json, ...texts]) };
}

function bodyOf(data: Schema, { isList, isPaged, isBare, page = {} }: Omit<Answer, 'data'>): Schema {
  if (isBare) return data;
  if (!isList && !isPaged) return Joi.object({ data: data.required() });
  return Joi.object({
    data: isList ? Joi.array().items(data).required() : data.required(),
    page: (Object.keys(page).length === 0 ? pageSchema : Joi.object({ ...pageFields, ...page })).required(),
  });
}

function linksOf({ links }: Answer): Json {
  if (links === undefined) return {};
  const entries = Object.entries(links).map(([operationId, fields]) => [
    operationId,
    { operationId, parameters: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, pointerTo(field)])) },
  ]);
  return { links: Object.fromEntries(entries) };
}

/** @param field a field of the data; `/` for a field inside it */
function pointerTo(field: string): string {
  return `$response.body#/data/${field}`;
}

const MAX_SHARED_CODES = 3;

/** A response of few codes is a component: many endpoints have it. */
function problemResponse(errors: readonly ErrorDefinition[], parts: DocumentParts): Json {
  const codes = errors.map(({ code }) => code);
  const build = (): Json => ({
    description: errors.map(({ code, title }) => `\`${code}\`: ${title}`).join('\n\n'),
    headers: headersOf(errorHeaders(errors[0]?.status), parts),
    content: { [PROBLEM_CONTENT_TYPE]: { schema: oneOf(errors.map((error) => describedProblem(error, parts))) } },
  });
  return codes.length > MAX_SHARED_CODES ? build() : parts.response(codes.join('-or-'), build);
}

function oneOf(schemas: readonly Json[]): Json {
  const [first = {}, ...others] = schemas;
  return others.length === 0 ? first : { oneOf: schemas };
}

function otherProblem(parts: DocumentParts): Json {
  return parts.response('OtherProblem', () => ({
    description: 'Any other failure, such as one that a proxy answers',
    headers: headersOf([], parts),
    content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema(parts) } },
  }));
}
