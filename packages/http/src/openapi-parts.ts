import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Schema } from 'joi';
import { type ResponseHeader, responseHeaders } from './documented-headers.ts';
import type { DocumentedHeader } from './endpoint.ts';
import { createSchemaWriter, type Direction, type Json, type JsonSchema } from './schema-writer.ts';

/** The components of a document, collected while its operations are written. Each method returns a reference to one. */
export type DocumentParts = {
  schema(schema: Schema, direction: Direction): JsonSchema;
  /** A schema that is not Joi's. `build` is called for the first use of the name. */
  namedSchema(name: string, build: () => Json): Json;
  response(name: string, build: () => Json): Json;
  requestHeader(name: string, header: DocumentedHeader): Json;
  responseHeader(name: ResponseHeader): Json;
  /** The names of security schemes, for an operation that needs one of them. */
  security(...schemes: SecurityScheme[]): Json[];
  components(): Record<string, Record<string, Json>>;
};

export function createDocumentParts(): DocumentParts {
  const schemas = createSchemaWriter();
  const parts = { schemas: {}, responses: {}, parameters: {}, headers: {}, securitySchemes: {} } as Record<
    Part,
    Record<string, Json>
  >;
  const refer = (part: Part, name: string, build: () => Json): Json => {
    const known = parts[part];
    known[name] ??= build();
    return { $ref: `#/components/${part}/${name}` };
  };
  return {
    schema: schemas.write,
    namedSchema: (name, build) => refer('schemas', name, build),
    response: (name, build) => refer('responses', name, build),
    requestHeader: (name, header) => {
      const document = requestHeaderOf(name, header);
      const { component = name } = header;
      const reference = refer('parameters', component, () => document);
      assert(isDeepStrictEqual(parts.parameters[component], document), `two endpoints describe the header ${name} differently`);
      return reference;
    },
    responseHeader: (name) => refer('headers', name, () => ({ ...responseHeaders[name] })),
    security(...schemes) {
      for (const scheme of schemes) refer('securitySchemes', scheme, () => ({ ...securitySchemes[scheme] }));
      return schemes.map((scheme) => ({ [scheme]: [] }));
    },
    components: () => ({
      ...parts,
      schemas: { ...parts.schemas, ...schemas.components },
    }),
  };
}

type Part = 'schemas' | 'responses' | 'parameters' | 'headers' | 'securitySchemes';

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token' },
  sessionCookie: { type: 'apiKey', in: 'cookie', name: 'florin_refresh', description: 'The refresh token, in browsers' },
} as const;
type SecurityScheme = keyof typeof securitySchemes;

function requestHeaderOf(
  name: string,
  { description, required = false, schema = { type: 'string' }, example }: DocumentedHeader,
): Json {
  return { name, in: 'header', description, required, schema, ...(example !== undefined && { example }) };
}
