import { services } from '../../ops/platform/services.ts';
import type { ApiDocument } from '../client-sources.ts';

type Json = { [key: string]: unknown };

/** One operation of the API as a request that can be sent. `{{name}}` is a variable of the collection. */
export type SampleRequest = {
  name: string;
  /** The operation's tag. */
  folder: string;
  method: string;
  /** The name of the variable that holds the service's address. */
  service: string;
  /** Such as `/v1/purchases/{id}`. */
  path: string;
  isPublic: boolean;
  pathValues: Record<string, string>;
  headers: Record<string, string>;
  body?: { contentType: string; text: string };
  /** The documented statuses, in order. */
  statuses: number[];
};

type Parameter = Json & { name: string; in: string; required?: boolean; schema?: Json };

/** Requests that end the session of the others, or take their account away: they come last. */
const ENDS_SESSION: readonly string[] = [
  'post /v1/users/me/password',
  'delete /v1/users/me/sessions',
  'post /v1/auth/signout',
  'delete /v1/users/me',
];
export const SIGN_UP = 'post /v1/auth/signup';
/** The ones whose answer has the tokens for the requests after them. */
export const SIGN_INS: readonly string[] = [SIGN_UP, 'post /v1/auth/signin', 'post /v1/auth/refresh'];

/** Makes a request of each operation, from the document's examples. Signing up comes first, signing out last. */
export function sampleRequests(document: ApiDocument): SampleRequest[] {
  const requests = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => sampleOf(document, { path, method, operation: operation as Json })),
  );
  return requests.sort((a, b) => rank(a) - rank(b) || compare(a.folder, b.folder));
}

export const operationOf = ({ method, path }: SampleRequest): string => `${method} ${path}`;

function rank(request: SampleRequest): number {
  if (operationOf(request) === SIGN_UP) return -1;
  return ENDS_SESSION.indexOf(operationOf(request)) + 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

type Place = { path: string; method: string; operation: Json };

function sampleOf(document: ApiDocument, { path, method, operation }: Place): SampleRequest {
  const parameters = listOf(operation['parameters']).map((one) => resolve(document, one) as Parameter);
  const needed = (place: string) => parameters.filter((one) => one.in === place && (one.required === true || place === 'path'));
  const body = bodyOf(document, operation);
  const [tag = 'Florin'] = listOf(operation['tags']);
  return {
    name: String(operation['summary'] ?? operation['operationId']),
    folder: String(tag),
    method,
    service: serviceOf(path),
    path: withQuery(path, needed('query'), document),
    isPublic: listOf(operation['security']).length === 0,
    pathValues: Object.fromEntries(needed('path').map((one) => [one.name, textOf(exampleOf(document, one))])),
    headers: Object.fromEntries(needed('header').map((one) => [one.name, headerOf(document, one)])),
    ...(body && { body }),
    statuses: Object.keys(operation['responses'] as Json)
      .map(Number)
      .filter(Boolean),
  };
}

function withQuery(path: string, parameters: Parameter[], document: ApiDocument): string {
  const query = parameters.map((one) => `${one.name}=${encodeURIComponent(textOf(exampleOf(document, one)))}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function headerOf(document: ApiDocument, parameter: Parameter): string {
  return parameter.name === 'Idempotency-Key' ? '{{$guid}}' : textOf(exampleOf(document, parameter));
}

/** The longest prefix wins: `/v1/products` and `/v1/product-imports` may be of different services. */
function serviceOf(path: string): string {
  const found = services.find(({ paths }) => paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));
  if (found === undefined) throw new Error(`No service of the manifest has the path ${path}.`);
  return found.name;
}

function bodyOf(document: ApiDocument, operation: Json): SampleRequest['body'] {
  const { content } = (resolve(document, operation['requestBody'] ?? {}) ?? {}) as { content?: Record<string, Json> };
  const [first] = Object.entries(content ?? {});
  if (first === undefined) return undefined;
  const [contentType, media] = first;
  const example = exampleOf(document, media);
  return { contentType, text: typeof example === 'string' ? example : JSON.stringify(withVariables(example), null, 2) };
}

/** The account of the run instead of the document's. */
function withVariables(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const variables: Record<string, string> = { email: '{{email}}', password: '{{password}}', refreshToken: '{{refreshToken}}' };
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, variables[key] ?? value]));
}

/** The example of a parameter, media type or schema; without one, a value that its schema allows. */
function exampleOf(document: ApiDocument, place: Json): unknown {
  const own = resolve(document, place) as Json;
  if ('example' in own) return own['example'];
  const { examples } = own;
  if (Array.isArray(examples)) return examples[0];
  const [named] = Object.values((examples ?? {}) as Json).map((one) => resolve(document, one) as Json);
  if (named !== undefined) return named['value'];
  return 'schema' in own ? exampleOf(document, own['schema'] as Json) : allowedValueOf(document, own);
}

function allowedValueOf(document: ApiDocument, schema: Json): unknown {
  const [choice] = [...listOf(schema['enum']), ...('const' in schema ? [schema['const']] : [])];
  if (choice !== undefined) return choice;
  const [alternative] = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])];
  if (alternative !== undefined) return exampleOf(document, alternative as Json);
  const type = Array.isArray(schema['type']) ? (schema['type'] as unknown[])[0] : schema['type'];
  if (type === 'object' || 'properties' in schema) return objectOf(document, schema);
  if (type === 'array') return [exampleOf(document, (schema['items'] ?? {}) as Json)];
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? 1;
  if (type === 'boolean') return true;
  return stringOf(schema);
}

function objectOf(document: ApiDocument, schema: Json): Json {
  const required = listOf(schema['required']);
  const properties = Object.entries((schema['properties'] ?? {}) as Json).filter(([name]) => required.includes(name));
  return Object.fromEntries(properties.map(([name, one]) => [name, exampleOf(document, one as Json)]));
}

function stringOf({ format, minLength = 1 }: Json): string {
  if (format === 'uuid') return '01890000-0000-7000-8000-000000000000';
  if (format === 'date-time') return '2026-01-01T00:00:00Z';
  if (format === 'date') return '2026-01-01';
  return 'a'.repeat(Number(minLength));
}

function resolve(document: ApiDocument, place: unknown): unknown {
  const { $ref } = place as { $ref?: string };
  if ($ref === undefined) return place;
  const steps = $ref.replace('#/', '').split('/');
  return resolve(
    document,
    steps.reduce<unknown>((at, step) => (at as Json)[step.replaceAll('~1', '/')], document),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
