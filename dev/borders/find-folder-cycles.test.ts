import { join } from 'node:path';
import { expect } from 'chai';
import { serviceNames } from '../../ops/platform/service-names.ts';
import { findFolderCycles, readFolderImports } from './find-folder-cycles.ts';

const root = join(import.meta.dirname, '../..');
const importsOf = (name: string) => readFolderImports(join(root, 'servers', name, 'src'));

describe('The features of a service', () => {
  for (const name of serviceNames)
    it(`of ${name} have no import cycle`, () => {
      expect(findFolderCycles(importsOf(name))).to.deep.equal([]);
    });

  it('of auth import each other in the order keys, sessions, credentials, users', () => {
    const imports = importsOf('auth');
    expect(imports).to.deep.equal({
      credentials: ['keys', 'sessions'],
      keys: [],
      sessions: [],
      users: ['credentials', 'keys', 'sessions'],
    });
  });

  it('of payment depend on the ledger, which imports none of them', () => {
    expect(importsOf('payment')['ledger']).to.deep.equal([]);
  });
});

describe('findFolderCycles', () => {
  it('names each cycle once, however long', () => {
    const imports = { keys: ['users'], sessions: ['keys'], credentials: ['sessions'], users: ['credentials', 'users'] };
    expect(findFolderCycles(imports)).to.deep.equal([
      'credentials -> sessions -> keys -> users -> credentials',
      'users -> users',
    ]);
  });

  it('finds none if imports go one way', () => {
    expect(findFolderCycles({ keys: [], sessions: ['keys'], users: ['keys', 'sessions'] })).to.deep.equal([]);
  });
});
