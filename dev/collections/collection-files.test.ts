import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { operationsOf, readApiDocument } from '../client-sources.ts';
import { brunoFolder, collectionFiles, collectionsFolder, postmanFile } from './collection-files.ts';

const root = join(import.meta.dirname, '../..');

type Item = {
  name: string;
  item?: Item[];
  request?: { method: string; url: { raw: string } };
  event?: { script: { exec: string[] } }[];
};
type Collection = { info: { schema: string }; variable: { key: string }[]; item: Item[] };

describe('the collections of requests', () => {
  const document = readApiDocument();
  const files = collectionFiles(document);
  const operations = operationsOf(document).map(({ method, path }) => `${method} ${path}`);

  it('are those of docs/api/florin.json (npm run docs makes them)', () => {
    for (const [file, text] of Object.entries(files))
      expect(existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') === text, file).to.equal(true);
    expect(globSync(`${collectionsFolder}/**/*.{bru,json}`, { cwd: root })).to.have.members(Object.keys(files));
  });

  describe('for Postman', () => {
    const collection = JSON.parse(files[postmanFile] ?? '') as Collection;
    const items = collection.item.flatMap(({ item = [] }) => item);

    it('have format 2.1, folders by tag, and variables that are all defined', () => {
      expect(collection.info.schema).to.equal('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
      expect(collection.item.length).to.be.above(3);
      const used = [...(files[postmanFile] ?? '').matchAll(/\{\{([^}$]+)\}\}/g)].map(([, name]) => name);
      expect(collection.variable.map(({ key }) => key)).to.include.members([...new Set(used)]);
    });

    it('cover every operation once, each with a test of its status', () => {
      const covered = items.map(({ request }) => {
        const path = request?.url.raw
          .replace(/^\{\{\w+\}\}/, '')
          .replace(/\?.*/, '')
          .replaceAll(/\/:(\w+)/g, '/{$1}');
        return `${request?.method.toLowerCase()} ${path}`;
      });
      expect(covered).to.have.members(operations);
      for (const { name, event } of items) expect(JSON.stringify(event), name).to.match(/oneOf\(\[\d/);
    });
  });

  describe('for Bruno', () => {
    const requests = Object.entries(files).filter(([, text]) => text.startsWith('meta {'));

    it('have a manifest, an environment, and blocks that are closed', () => {
      expect(JSON.parse(files[`${brunoFolder}/bruno.json`] ?? '')).to.include({ type: 'collection' });
      expect(files[`${brunoFolder}/environments/local.bru`]).to.include('auth: http');
      for (const [file, text] of requests)
        expect(text.match(/^[\w:-]+ \{$/gm)?.length, file).to.equal(text.match(/^\}$/gm)?.length);
    });

    it('cover every operation once, in an order that signs up first', () => {
      const covered = requests.map(([, text]) => {
        const [, method, path = ''] = /^(get|post|put|patch|delete) \{\n {2}url: \{\{\w+\}\}([^\n?]*)/m.exec(text) ?? [];
        return `${method} ${path.replaceAll(/\/:(\w+)/g, '/{$1}')}`;
      });
      expect(covered).to.have.members(operations);
      const [first] = requests.filter(([, text]) => text.includes('seq: 1\n'));
      expect(first?.[0]).to.include('auth-signup');
    });
  });
});
