import type { ObjectSchema } from 'joi';
import { requestIdHeader } from './documented-headers.ts';
import type { DocumentedHeader, Endpoint } from './endpoint.ts';
import { idempotencyKeyHeader, optionalIdempotencyKeyHeader } from './idempotency-key.ts';
import type { DocumentParts } from './openapi-parts.ts';
import { errorResponses, successResponses } from './openapi-responses.ts';
import { documentedPath } from './path-pattern.ts';
import { MAX_BODY_BYTES } from './read-body.ts';
import type { Json } from './schema-writer.ts';

/** Describes an endpoint as an operation of OpenAPI. */
export function operationOf(endpoint: Endpoint, parts: DocumentParts): Json {
  const { operationId, tag, summary, access } = endpoint;
  return {
    operationId,
    ...(tag && { tags: [tag.name] }),
    summary,
    description: descriptionOf(endpoint),
    ...(endpoint.deprecated && { deprecated: true, 'x-sunset': endpoint.deprecated.sunset }),
    security: securityOf(access, parts),
    'x-access': access,
    parameters: parametersOf(endpoint, parts),
    ...requestBodyOf(endpoint, parts),
    responses: { ...successResponses(endpoint, parts), ...errorResponses(endpoint, parts) },
  };
}

function securityOf(access: Endpoint['access'], parts: DocumentParts): Json[] {
  if (access === 'anyone') return [];
  return access === 'session' ? parts.security('bearer', 'sessionCookie') : parts.security('bearer');
}

const audiences = {
  anyone: 'For anyone; a token is optional.',
  session: 'For every signed-in user, by access token or session cookie.',
  user: 'For every signed-in user.',
  staff: 'For staff and admins.',
  admin: 'For admins.',
};

function descriptionOf({ access, description, deprecated }: Endpoint): string {
  const successor = deprecated && `Deprecated since ${deprecated.since}: use \`${documentedPath(deprecated.successor)}\`.`;
  const parts = [successor, description && `${description}.`, audiences[access]];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function parametersOf(endpoint: Endpoint, parts: DocumentParts): Json[] {
  const { params, query, idempotent, headers, example = {} } = endpoint;
  const allHeaders = { ...keyHeaderOf(idempotent), ...headers, ...requestIdHeader };
  return [
    ...fieldsOf(params, parts).map((field) => ({
      ...field,
      in: 'path',
      required: true,
      ...exampleOf(example.params, field.name),
    })),
    ...fieldsOf(query, parts).map((field) => ({ ...field, in: 'query', ...exampleOf(example.query, field.name) })),
    ...Object.entries(allHeaders).map(([name, header]) => parts.requestHeader(name, header)),
  ];
}

function keyHeaderOf(idempotent: Endpoint['idempotent']): Readonly<Record<string, DocumentedHeader>> {
  if (idempotent === undefined) return {};
  return typeof idempotent === 'object' && idempotent.isOptional === true ? optionalIdempotencyKeyHeader : idempotencyKeyHeader;
}

function exampleOf(examples: Readonly<Record<string, unknown>> | undefined, name: string): Json {
  return examples?.[name] === undefined ? {} : { example: examples[name] };
}

type Field = {
  name: string;
  required: boolean;
  schema: Json;
  description?: unknown;
  deprecated?: unknown;
  style?: 'form';
  explode?: true;
};

function fieldsOf(schema: ObjectSchema | undefined, parts: DocumentParts): Field[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [], patternProperties = {} } = parts.schema(schema, 'request');
  const fixed = Object.entries(properties).map(([name, { description, ...field }]) => ({
    name,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: field,
  }));
  return [...fixed, ...Object.entries(patternProperties as Record<string, Json>).map(freeFieldOf)];
}

/**
 * Parameters with free names, such as `attribute.Colour`, are one parameter of OpenAPI: an object that is sent member by member
 * (`style: form, explode: true`). It is named for the beginning that their names share.
 */
function freeFieldOf([pattern, { description, ...value }]: [pattern: string, value: Json]): Field {
  return {
    name: /^\^(\w+)/.exec(pattern)?.[1] ?? 'others',
    required: false,
    ...(description !== undefined && { description }),
    style: 'form',
    explode: true,
    schema: { type: 'object', propertyNames: { pattern }, additionalProperties: value },
  };
}

function requestBodyOf(endpoint: Endpoint, parts: DocumentParts): Json {
  const { body, streamedBody, binaryBody, maxBodyBytes = MAX_BODY_BYTES, example } = endpoint;
  if (streamedBody !== undefined) return { requestBody: streamOf(streamedBody, example?.body) };
  if (body === undefined) return {};
  const schema = parts.schema(body, 'request');
  const examples = example?.body === undefined ? {} : { example: example.body };
  return {
    requestBody: {
      description: `At most ${maxBodyBytes} bytes${binaryBody === undefined ? '' : ` of JSON, or ${binaryBody.maxBytes} bytes of another type`}`,
      required: isRequired(body),
      content: { 'application/json': { schema, ...examples }, ...contentOfBytes(binaryBody) },
    },
  };
}

function contentOfBytes(binary: Endpoint['binaryBody']): Json {
  return Object.fromEntries((binary?.types ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
}

/** An absent body counts as `{}`. */
function isRequired(body: ObjectSchema): boolean {
  return body.validate({}).error !== undefined;
}

function streamOf(types: readonly string[], example: unknown): Json {
  const content = types.map((type, index) => [
    type,
    { schema: { type: 'string', format: 'binary' }, ...(index === 0 && example !== undefined && { example }) },
  ]);
  return { description: 'UTF-8, not compressed', required: true, content: Object.fromEntries(content) };
}
