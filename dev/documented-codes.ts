import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const documentPath = join(import.meta.dirname, '../docs/api/florin.json');
const methods: readonly string[] = ['get', 'put', 'post', 'delete', 'patch'];
const staff: readonly string[] = ['staff', 'admin'];

type Json = Readonly<Record<string, unknown>>;

/** Reads the error codes of the API document. The value tells whether only staff and admins can meet the code. */
export function documentedCodes(): ReadonlyMap<string, boolean> {
  const document = JSON.parse(readFileSync(documentPath, 'utf8')) as Json;
  const codes = new Map<string, boolean>();
  for (const { access, responses } of operationsOf(document))
    for (const [status, response] of Object.entries(responses)) {
      if (!(Number(status) >= 400)) continue;
      for (const code of codesIn(document, response, new Set()))
        codes.set(code, (codes.get(code) ?? true) && staff.includes(access));
    }
  return codes;
}

function operationsOf(document: Json): { access: string; responses: Json }[] {
  const paths = Object.values(document['paths'] as Readonly<Record<string, Readonly<Record<string, Json>>>>);
  return paths.flatMap((path) =>
    Object.entries(path)
      .filter(([method]) => methods.includes(method))
      .map(([, operation]) => ({ access: String(operation['x-access']), responses: operation['responses'] as Json })),
  );
}

/** Follows the references: a problem's schema names its code as a constant. */
function codesIn(document: Json, part: unknown, seen: Set<string>): string[] {
  if (typeof part !== 'object' || part === null) return [];
  if ('$ref' in part) {
    const path = String(part.$ref);
    if (seen.has(path)) return [];
    seen.add(path);
    return codesIn(document, referenced(document, path), seen);
  }
  if ('code' in part && isConstant(part.code)) return [part.code.const];
  return Object.entries(part).flatMap(([name, value]) => (name.startsWith('example') ? [] : codesIn(document, value, seen)));
}

function isConstant(value: unknown): value is { const: string } {
  return typeof value === 'object' && value !== null && 'const' in value && typeof value.const === 'string';
}

function referenced(document: Json, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((part, name) => (part as Json)[name.replaceAll('~1', '/')], document);
}
