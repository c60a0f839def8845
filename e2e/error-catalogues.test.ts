import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorDefinition } from '@florin/app-response';
import { expect } from 'chai';

type Catalogue = Readonly<Record<string, ErrorDefinition>>;

const root = join(import.meta.dirname, '..');
const files = ['servers', 'packages'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(root, folder, path))
    .filter((path) => /\/src\/.*\.ts$/.test(path) && !/\/(node_modules|dist)\//.test(path))
    .filter((path) => catalogueCount(path) > 0),
);

/** The number of catalogues that a file declares. */
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

describe('the error catalogues of all services and packages', () => {
  it('are exported, so that they can be compared', async () => {
    expect(files).to.have.length.above(8);
    for (const file of files) expect(await cataloguesOf(file), file).to.have.length(catalogueCount(file));
  });

  it('give each code one status and one title', async () => {
    const seen = new Map<string, { status: number; title: string; file: string }>();
    for (const file of files) {
      for (const { code, status, title } of (await cataloguesOf(file)).flatMap((catalogue) => Object.values(catalogue))) {
        const first = seen.get(code) ?? { status, title, file };
        expect({ status, title }, `${code} in ${file} and ${first.file}`).to.deep.equal({
          status: first.status,
          title: first.title,
        });
        seen.set(code, first);
      }
    }
    expect(seen.get('INVALID_TRANSITION')).to.include({ status: 409 });
  });

  it('have titles in one form: a capital, no full stop, at most 80 characters', async () => {
    for (const file of files) {
      for (const { code, title } of (await cataloguesOf(file)).flatMap((catalogue) => Object.values(catalogue)))
        expect(title, code).to.match(/^[A-Z].{0,78}[^.]$/);
    }
  });
});
