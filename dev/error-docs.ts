import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorDefinition, Extensions } from '@florin/app-response';

type Catalogue = Readonly<Record<string, ErrorDefinition>>;

/** The catalogues that a file exports, and the number that it declares. */
export type CatalogueFile = { file: string; declared: number; catalogues: Catalogue[] };

const root = join(import.meta.dirname, '..');
export const knownErrorsPath = join(root, 'packages/http/src/known-errors.ts');

/** Finds the error catalogues of all services and packages. */
export function readErrorCatalogues(): Promise<CatalogueFile[]> {
  const files = ['servers', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\/src\/.*\.ts$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
      .map((path) => join(root, folder, path)),
  );
  const declaring = files.map((file) => ({ file, declared: catalogueCount(file) })).filter(({ declared }) => declared > 0);
  return Promise.all(declaring.map(async (found) => ({ ...found, catalogues: await cataloguesOf(found.file) })));
}

function catalogueCount(path: string): number {
  return readFileSync(path, 'utf8').match(/^(export )?const \w+ = defineErrors\(/gm)?.length ?? 0;
}

async function cataloguesOf(path: string): Promise<Catalogue[]> {
  const exported = Object.values((await import(path)) as Record<string, unknown>);
  return exported.filter(isCatalogue);
}

function isCatalogue(value: unknown): value is Catalogue {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value as Record<string, Partial<ErrorDefinition> | null>);
  return entries.length > 0 && entries.every(([key, definition]) => definition?.code === key && 'status' in definition);
}

/** Returns the text of `known-errors.ts`: every code of the platform once, by name, for the page that each service serves. */
export async function knownErrorsText(): Promise<string> {
  const files = await readErrorCatalogues();
  const byCode = new Map(
    files
      .flatMap(({ catalogues }) => catalogues.flatMap((one) => Object.values(one)))
      .map((error) => [error.code, withoutSchemas(error)]),
  );
  const sorted = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return `import type { ErrorDefinition } from '@florin/app-response';

/** The errors of all services and packages. Written by npm run docs from their catalogues; do not edit. */
export const knownErrors: readonly ErrorDefinition[] = ${literal(sorted, '')};
`;
}

/** The page names the members of a problem; their schemas are in the API documents. */
function withoutSchemas({ extensions, ...error }: ErrorDefinition): ErrorDefinition {
  if (extensions === undefined) return error;
  const members = Object.entries(extensions).map(([name, { schema: _schema, ...member }]) => [name, member]);
  return { ...error, extensions: Object.fromEntries(members) as Extensions };
}

export async function writeErrorDocs(): Promise<void> {
  writeFileSync(knownErrorsPath, await knownErrorsText());
}

const LINE_WIDTH = 130;

/** Writes a value as TypeScript, formatted as the linter formats it. */
function literal(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"') ? JSON.stringify(value) : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, field]) => {
    const line = `${inner}${name}: ${literal(field, inner)},`;
    return typeof field === 'string' && line.length > LINE_WIDTH ? `${inner}${name}:\n${inner}  ${literal(field, inner)},` : line;
  });
  return `{\n${fields.join('\n')}\n${indent}}`;
}
