import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { assertOnce } from './copy-sources.ts';
import { mutations } from './mutations.ts';

const root = join(import.meta.dirname, '../..');

describe('the mutations of the ledger', () => {
  for (const { name, file, find, replace, tests } of mutations) {
    it(`${name}: fits its file and names existing tests`, () => {
      assertOnce(readFileSync(join(root, file), 'utf8'), file, find);
      expect(replace).not.to.equal(find);
      for (const test of tests) expect(existsSync(join(root, test)), test).to.equal(true);
    });
  }
});
