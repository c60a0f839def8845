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

  it('link to operations and parameters that exist', () => {
    for (const [name, text] of Object.entries(documents)) {
      const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Linking>> };
      const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
      const links = operations.flatMap(({ responses }) =>
        Object.values(responses).flatMap(({ links = {} }) => Object.values(links)),
      );
      if (!['auth', 'media'].includes(name)) expect(links, name).to.have.length.above(3);
      for (const { operationId, parameters } of links) {
        const target = operations.find((operation) => operation.operationId === operationId);
        expect(
          target?.parameters.map((parameter) => parameter.name),
          operationId,
        ).to.include.members(Object.keys(parameters));
      }
    }
  });
});

type Link = { operationId: string; parameters: object };
type Linking = {
  operationId: string;
  parameters: { name?: string }[];
  responses: Record<string, { links?: Record<string, Link> }>;
};
