import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { services } from '../ops/platform/services.ts';

const root = join(import.meta.dirname, '..');
const folder = 'packages/client/src/generated';
const heading = '// Generated from docs/api/florin.json: change the services, then run npm run docs.\n';

type Json = Record<string, unknown>;
type Parameter = { $ref?: string; name?: string; in?: string; required?: boolean };
type Operation = { parameters?: Parameter[] };
export type ApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components?: { parameters?: Record<string, Parameter> };
};

/** The merged OpenAPI document of all services. */
export function readApiDocument(): ApiDocument {
  return JSON.parse(readFileSync(join(root, 'docs/api/florin.json'), 'utf8')) as ApiDocument;
}

/**
 * Builds the generated sources of @florin/client.
 *
 * @returns the text of each file, by its path from the root of the repository
 */
export async function clientSources(document: ApiDocument): Promise<Record<string, string>> {
  return {
    [`${folder}/api.ts`]: heading + (await typesOf(document)),
    [`${folder}/routes.ts`]: heading + routesOf(document),
  };
}

/** Allowed in place of any listed value: a newer server may answer with more. */
const OTHER = '__other__';

async function typesOf(document: ApiDocument): Promise<string> {
  const child = spawn(process.execPath, ['generate-types.mjs'], {
    cwd: join(root, 'packages/client'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(withOpenAnswers(withOptionalKeys(document))));
  const types = await text(child.stdout);
  if (types === '') throw new Error('openapi-typescript made no types of docs/api/florin.json');
  return types.replaceAll(`"${OTHER}"`, '(string & {})');
}

/** The client makes the keys, so that callers may leave them out. */
function withOptionalKeys(document: ApiDocument): ApiDocument {
  const copy = structuredClone(document);
  const declared = [
    ...Object.values(copy.components?.parameters ?? {}),
    ...operationsOf(copy).flatMap(({ operation }) => operation.parameters ?? []),
  ];
  for (const parameter of declared) if (isKey(parameter)) parameter.required = false;
  return copy;
}

/** Opens the enums of what servers answer with; those of parameters and bodies stay closed. */
function withOpenAnswers(document: ApiDocument): ApiDocument {
  const open = (value: unknown, isAnswer: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one) => open(one, isAnswer));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, child]) => {
      if (key === 'enum' && isAnswer && isOfStrings(child)) return [key, [...child, OTHER]];
      return [key, open(child, isAnswer || key === 'responses' || key === 'schemas')];
    });
    return Object.fromEntries(entries) as Json;
  };
  return open(document, false) as ApiDocument;
}

function isOfStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function routesOf(document: ApiDocument): string {
  const keyed = operationsOf(document)
    .filter(({ operation }) => (operation.parameters ?? []).some((one) => isKey(resolved(one, document))))
    .map(({ method, path }) => `${method} ${path}`)
    .sort();
  const paths = Object.fromEntries(services.map((service) => [service.name, service.paths]));
  return [
    '',
    '/** Operations that need an `Idempotency-Key`. */',
    `export const keyedOperations = ${JSON.stringify(keyed, null, 2)} as const;`,
    '',
    '/** The prefixes of the paths of each service. */',
    `export const servicePaths = ${JSON.stringify(paths, null, 2)} as const;`,
    '',
  ].join('\n');
}

function isKey(parameter: Parameter): boolean {
  return parameter.in === 'header' && parameter.name === 'Idempotency-Key';
}

function resolved(parameter: Parameter, { components }: ApiDocument): Parameter {
  const name = parameter.$ref?.split('/').at(-1);
  return name === undefined ? parameter : (components?.parameters?.[name] ?? parameter);
}

const methods: readonly string[] = ['get', 'post', 'put', 'patch', 'delete'];

/** Lists the operations of a document. */
export function operationsOf({ paths }: ApiDocument): { method: string; path: string; operation: Operation }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => (methods.includes(method) ? [{ method, path, operation }] : [])),
  );
}
