import type { Endpoint, Tag } from './endpoint.ts';
import { operationOf } from './openapi-operation.ts';
import { createDocumentParts, type DocumentParts } from './openapi-parts.ts';
import { documentedPath } from './path-pattern.ts';
import type { Json } from './schema-writer.ts';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = {
  openapi: string;
  info: Json;
  servers: Json[];
  tags: Tag[];
  paths: Record<string, Record<string, Json>>;
  components: Record<string, Record<string, Json>>;
};

const description = `Answers are \`{"data": …}\`; lists add \`page\` and a \`Link\` header. Errors are problem details (RFC 9457): programs
look at \`code\`, which is stable. \`/docs/errors\` explains every code.

**Clients must accept what they do not know**: a later release may add fields to answers, values to enums, and codes to a status.

Amounts are integers in minor units of their currency: 1250 is EUR 12.50, and JPY 1250. Times are in UTC. Ids are UUIDs.

Create an account with \`POST /v1/auth/signup\`, or sign in with \`POST /v1/auth/signin\`, and send the access token as
\`Authorization: Bearer <token>\`.

The gateway serves the paths of all services at one address. Without a gateway, each service serves its own paths: those of its
\`/openapi.json\`.`;

/** Builds the OpenAPI 3.1 document of a service, from the schemas that validate its requests. */
export function openApiDocument(title: string, endpoints: readonly Endpoint[]): OpenApiDocument {
  const parts = createDocumentParts();
  const paths = pathsOf(endpoints, parts);
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Florin' },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(endpoints),
    paths,
    components: sorted(parts.components()),
  };
}

function pathsOf(endpoints: readonly Endpoint[], parts: DocumentParts): OpenApiDocument['paths'] {
  const paths: OpenApiDocument['paths'] = {};
  for (const endpoint of endpoints) {
    const path = documentedPath(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint, parts) };
  }
  return paths;
}

function tagsOf(endpoints: readonly Endpoint[]): Tag[] {
  const tags = new Map(endpoints.flatMap(({ tag }) => (tag === undefined ? [] : [[tag.name, tag] as const])));
  return [...tags.values()];
}

/** Sorts components by name, so that a new endpoint does not move them. */
function sorted(components: OpenApiDocument['components']): OpenApiDocument['components'] {
  const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
  return Object.fromEntries(
    Object.entries(components).map(([kind, parts]) => [kind, Object.fromEntries(Object.entries(parts).sort(byName))]),
  );
}
