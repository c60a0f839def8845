import { readFileSync } from 'node:fs';
import type { ErrorDefinition } from '@florin/app-response';
import { expect } from 'chai';
import { type CatalogueFile, knownErrorsPath, knownErrorsText, readErrorCatalogues } from '../dev/error-docs.ts';

describe('the error catalogues of all services and packages', () => {
  let files: CatalogueFile[];
  let all: (ErrorDefinition & { file: string })[];

  before(async () => {
    files = await readErrorCatalogues();
    all = files.flatMap(({ file, catalogues }) =>
      catalogues.flatMap((catalogue) => Object.values(catalogue)).map((definition) => ({ ...definition, file })),
    );
  });

  it('are exported, so that they can be compared', () => {
    expect(files).to.have.length.above(8);
    for (const { file, declared, catalogues } of files) expect(catalogues, file).to.have.length(declared);
  });

  it('give each code one status, one title and one meaning', () => {
    const seen = new Map<string, { definition: ErrorDefinition; file: string }>();
    for (const { file, ...definition } of all) {
      const first = seen.get(definition.code) ?? { definition, file };
      expect(definition, `${definition.code} in ${file} and ${first.file}`).to.deep.equal(first.definition);
      seen.set(definition.code, first);
    }
    expect(seen.get('INVALID_TRANSITION')?.definition).to.include({ status: 409 });
  });

  it('have titles in one form: a capital, no full stop, at most 80 characters', () => {
    for (const { code, title } of all) expect(title, code).to.match(/^[A-Z].{0,78}[^.]$/);
  });

  it('say of each code what it means and what the client should do, in sentences', () => {
    for (const { code, meaning, action, file } of all) {
      expect(meaning, `the meaning of ${code} in ${file}`).to.match(/^[A-Z`].*\.$/);
      expect(action, `the action of ${code} in ${file}`).to.match(/^[A-Z`].*\.$/);
    }
  });

  it('are all on the page of the services: run npm run docs and commit the result', async () => {
    expect(readFileSync(knownErrorsPath, 'utf8') === (await knownErrorsText())).to.equal(true);
  });
});
