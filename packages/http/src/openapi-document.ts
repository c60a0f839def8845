import { STATUS_CODES } from 'node:http';
import { wholeNumber } from '@florin/values';
import Joi, { type Schema } from 'joi';
import type { Endpoint } from './endpoint.ts';
import { idempotencyKeyHeader } from './idempotency-key.ts';
import { MAX_BODY_BYTES } from './read-body.ts';

type Json = Record<string, unknown>;
type JsonSchema = { properties?: Record<string, Json>; required?: string[] } & Json;

const problemSchema = Joi.object({
  type: Joi.string().required(),
  title: Joi.string().required(),
  status: wholeNumber().required(),
  detail: Joi.string(),
  code: Joi.string().required().description('Stable; what programs should look at'),
  requestId: Joi.string().required(),
  errors: Joi.array().items(Joi.object({ path: Joi.string().required(), message: Joi.string().required() })),
});

/** Builds the OpenAPI 3.1 document of a service, from the Joi schemas that validate its requests. */
export function openApiDocument(title: string, endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: jsonSchemaOf(problemSchema) },
    },
  };
}

function operationOf(endpoint: Endpoint): Json {
  const { summary, description, access, answers, body, streamedBody } = endpoint;
  const notes = [access === 'anyone' ? [] : `For: ${access}`, description ?? []].flat();
  return {
    summary,
    ...(access === 'anyone' ? {} : { security: [{ bearer: [] }] }),
    ...(notes.length === 0 ? {} : { description: notes.join('. ') }),
    parameters: parametersOf(endpoint),
    ...(body ? { requestBody: requestBodyOf(body, endpoint.maxBodyBytes) } : {}),
    ...(streamedBody ? { requestBody: { required: true, content: textOf(streamedBody) } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)])),
      default: {
        description: 'A failure, as RFC 9457 problem details',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** A body is optional if all of its fields are. */
function requestBodyOf(body: Schema, maxBytes = MAX_BODY_BYTES): Json {
  const schema = jsonSchemaOf(body);
  return {
    description: `At most ${maxBytes} bytes`,
    required: (schema.required ?? []).length > 0,
    content: { 'application/json': { schema } },
  };
}

function textOf(types: readonly string[]): Json {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
}

function responseOf({ description, data, isList, isPaged, page = {}, contentTypes }: Endpoint['answers'][number]): Json {
  if (contentTypes !== undefined) return { description, content: textOf(contentTypes) };
  if (data === undefined) return { description: description || (STATUS_CODES[200] ?? '') };
  const schema =
    isList || isPaged
      ? Joi.object({
          data: isList ? Joi.array().items(data).required() : data.required(),
          page: Joi.object({
            limit: wholeNumber().required(),
            nextCursor: Joi.string().allow(null).required(),
            ...page,
          }).required(),
        })
      : Joi.object({ data: data.required() });
  return { description, content: { 'application/json': { schema: jsonSchemaOf(schema) } } };
}

function parametersOf({ params, query, idempotent, headers }: Endpoint): Json[] {
  const allHeaders = { ...(idempotent === undefined ? {} : idempotencyKeyHeader), ...headers };
  return [
    ...fieldsOf(params).map((field) => ({ ...field, in: 'path', required: true })),
    ...fieldsOf(query).map((field) => ({ ...field, in: 'query' })),
    ...Object.entries(allHeaders).map(([name, header]) => ({ name, in: 'header', ...header, schema: { type: 'string' } })),
  ];
}

function fieldsOf(schema: Schema | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema);
  return Object.entries(properties).map(([name, { description, ...field }]) => ({
    name,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: field,
  }));
}

function jsonSchemaOf(schema: Schema): JsonSchema {
  const { $schema: _, ...document } = (schema as unknown as JoiStandardSchema)['~standard'].jsonSchema.input({
    target: 'draft-2020-12',
  });
  return document;
}

type JoiStandardSchema = { '~standard': { jsonSchema: { input(options: { target: string }): JsonSchema } } };
