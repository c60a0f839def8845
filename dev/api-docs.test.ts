import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect } from 'chai';
import { apiDocumentPath, apiDocuments } from './api-docs.ts';

describe('the API documents', function () {
  this.timeout(30_000);
  let documents: Readonly<Record<string, string>>;

  before(async () => {
    documents = await apiDocuments();
  });

  it('are committed as npm run docs writes them', () => {
    for (const [name, text] of Object.entries(documents)) {
      const committed = readFileSync(apiDocumentPath(name), 'utf8');
      expect(committed === text, `docs/api/${name}.json is stale: run npm run docs`).to.equal(true);
    }
  });

  it("have no errors and no warnings by Redocly's recommended rules", async () => {
    const config = await createConfig({ extends: ['recommended'] });
    for (const [name, source] of Object.entries(documents)) {
      const problems = await lintFromString({ source, config });
      const faults = problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`);
      expect(faults, name).to.deep.equal([]);
    }
  });
});
