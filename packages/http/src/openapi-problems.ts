import { AppError, type ErrorDefinition, type Extensions, problemOf } from '@florin/app-response';
import type { DocumentParts } from './openapi-parts.ts';
import { pascalCase } from './pascal-case.ts';
import type { Json } from './schema-writer.ts';

const EXAMPLE_REQUEST_ID = '01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44';

/** The schema of all problems (RFC 9457). A problem may have further members. */
export function problemSchema(parts: DocumentParts): Json {
  return parts.namedSchema('Problem', () => ({
    type: 'object',
    properties: {
      type: { type: 'string', format: 'uri-reference', description: 'Names the kind of problem' },
      title: { type: 'string', description: 'The same for each problem of a code' },
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: { type: 'string', description: 'What was wrong with this request, and what is allowed' },
      code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$', description: 'Stable; what programs look at. An open set' },
      requestId: { type: 'string', description: 'The id of the request, for support' },
      errors: { type: 'array', items: fieldErrorSchema(parts), description: 'The faults of the request, field by field' },
    },
    required: ['type', 'title', 'status', 'code', 'requestId'],
  }));
}

/** The problem of one code. */
export function describedProblem(error: ErrorDefinition, parts: DocumentParts): Json {
  const { code, status, title, extensions = {} } = error;
  return parts.namedSchema(`${pascalCase(code)}Problem`, () => ({
    title,
    allOf: [
      problemSchema(parts),
      {
        type: 'object',
        properties: { status: { const: status }, code: { const: code }, ...schemasOf(extensions, parts) },
        required: ['status', 'code', ...Object.keys(extensions)],
      },
    ],
    // An example of an error with extension members would need values for them.
    ...(Object.keys(extensions).length === 0 && { examples: [problemOf(new AppError(error), EXAMPLE_REQUEST_ID)] }),
  }));
}

function schemasOf(extensions: Extensions, parts: DocumentParts): Json {
  const schemas = Object.entries(extensions).map(([name, { schema, ...rest }]) => [
    name,
    schema === undefined ? rest : { ...parts.schema(schema, 'answer'), description: rest.description },
  ]);
  return Object.fromEntries(schemas) as Json;
}

function fieldErrorSchema(parts: DocumentParts): Json {
  return parts.namedSchema('FieldError', () => ({
    type: 'object',
    properties: {
      path: { type: 'string', description: 'Path of the field, such as items.0.quantity; empty for the whole body' },
      message: { type: 'string' },
    },
    required: ['path', 'message'],
  }));
}
