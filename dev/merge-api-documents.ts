import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { OpenApiDocument } from '@florin/http';

type Named = Readonly<Record<string, unknown>>;

/**
 * Merges the API documents of all services, which the gateway serves under one address.
 *
 * @throws AssertionError if two documents have the same path, the same operation id, or different components of one name
 */
export function mergeApiDocuments(title: string, documents: readonly OpenApiDocument[]): OpenApiDocument {
  const [first, ...others] = documents;
  assert(first !== undefined, 'there is no document to merge');
  const merged = others.reduce(join, { ...first, info: { ...first.info, title } });
  assertUniqueOperations(merged);
  return merged;
}

function join(merged: OpenApiDocument, { tags, paths, components }: OpenApiDocument): OpenApiDocument {
  return {
    ...merged,
    tags: [...merged.tags, ...tags.filter(({ name }) => !merged.tags.some((tag) => tag.name === name))],
    paths: joinNew(merged.paths, paths),
    components: joinComponents(merged.components, components),
  };
}

function joinNew<T extends Named>(a: T, b: T): T {
  for (const path of Object.keys(b)) assert(!(path in a), `two services have the path ${path}`);
  return { ...a, ...b };
}

function joinComponents(a: OpenApiDocument['components'], b: OpenApiDocument['components']): OpenApiDocument['components'] {
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(kinds.map((kind) => [kind, joinEqual(kind, a[kind] ?? {}, b[kind] ?? {})]));
}

function joinEqual<T extends Named>(kind: string, a: T, b: T): T {
  for (const [name, part] of Object.entries(b))
    assert(!(name in a) || isDeepStrictEqual(a[name], part), `two services have different ${kind} with the name ${name}`);
  const sorted = Object.entries({ ...a, ...b }).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted) as T;
}

function assertUniqueOperations({ paths }: OpenApiDocument): void {
  const ids = Object.values(paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  assert.deepEqual(repeated, [], 'operation ids must be unique');
}
