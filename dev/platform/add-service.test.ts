import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { type ServiceEntry, services } from '../../ops/platform/services.ts';
import { additions } from './add-service.ts';
import { findManifestGaps } from './find-manifest-gaps.ts';

const root = join(import.meta.dirname, '../..');
const carts: ServiceEntry = {
  name: 'carts',
  port: 3004,
  paths: ['/v1/carts', '/.well-known/carts.json'],
  database: 'florin_carts',
  image: 'florin-carts',
  hasSeed: true,
};

type Compose = { services: Record<string, { environment: Record<string, string | null> }> };

describe('additions', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'florin-additions-'));
    for (const file of [...Object.keys(additions), 'package-lock.json', '.env.example', 'servers'])
      cpSync(join(root, file), join(directory, file), {
        recursive: true,
        filter: (path) => !/node_modules|dist|\/test$/.test(path),
      });
    for (const [file, add] of Object.entries(additions)) write(file, add(readOf(root, file), carts, ['CART_MAX_ITEMS']));
  });
  after(() => rmSync(directory, { recursive: true }));

  const readOf = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
  const write = (file: string, text: string): void => {
    writeFileSync(join(directory, file), text);
  };

  it('of a new service leave only its own files and values for the check to report', () => {
    const gaps = findManifestGaps([...services, carts], directory).filter(
      (gap) => !/is missing$|npm (install|run docs)/.test(gap),
    );
    expect(gaps).to.deep.equal([]);
  });

  it('change nothing of the existing services', () => {
    const added = parse(readOf(directory, 'docker-compose.yml'), { merge: true }) as Compose;
    const today = parse(readOf(root, 'docker-compose.yml'), { merge: true }) as Compose;
    for (const name of ['auth', 'product', 'payment', 'migrate-auth', 'seed-auth', 'mysql', 'kafka'])
      expect(added.services[name], name).to.deep.equal(today.services[name]);
    expect(added.services['carts']?.environment).to.have.property('CART_MAX_ITEMS', null);
    for (const [file, add] of Object.entries(additions))
      for (const entry of services) expect(add(readOf(root, file), entry, []), file).to.equal(readOf(root, file));
  });

  it('are made once', () => {
    for (const [file, add] of Object.entries(additions)) {
      const text = readOf(directory, file);
      expect(add(text, carts, ['CART_MAX_ITEMS']), file).to.equal(text);
    }
  });
});
