import { expect } from 'chai';
import { chooseTests } from './choose-tests.ts';

const references: Record<string, string[]> = {
  'packages/values/test/money.test.ts': ['packages/values/src/index.ts'],
  'packages/values/src/index.ts': ['packages/values/src/money.ts', 'packages/values/src/email.ts'],
  'servers/product/test/stock.int.test.ts': ['servers/product/src/stock/index.ts'],
  'servers/product/src/stock/index.ts': ['servers/product/src/stock/move-stock.ts'],
  'servers/product/src/stock/move-stock.ts': ['packages/values/src/index.ts', 'servers/product/src/stock/index.ts'],
  'packages/pagination/test/cursor.test.ts': ['packages/pagination/src/index.ts'],
  'e2e/web/shop.e2e.test.ts': [],
};
const tests = Object.keys(references).filter((file) => /\/test\/|\.test\.ts$/.test(file));
const choose = (...changed: string[]): string[] => chooseTests(tests, changed, (file) => references[file] ?? []);

describe('npm test -- --changed', () => {
  it('runs the tests that import a changed file, directly or indirectly', () => {
    expect(choose('packages/values/src/money.ts')).to.deep.equal([
      'packages/values/test/money.test.ts',
      'servers/product/test/stock.int.test.ts',
    ]);
    expect(choose('servers/product/src/stock/move-stock.ts')).to.deep.equal(['servers/product/test/stock.int.test.ts']);
  });

  it('runs the tests of the apps after a change of an app, or of what the apps share', () => {
    for (const file of ['apps/storefront/src/cart/cart-page.tsx', 'packages/ui/src/tokens.css'])
      expect(choose(file)).to.deep.equal(['e2e/web/shop.e2e.test.ts']);
  });

  it('runs a changed test', () => {
    expect(choose('packages/pagination/test/cursor.test.ts')).to.deep.equal(['packages/pagination/test/cursor.test.ts']);
  });

  it('runs nothing for a change that no test reaches', () => {
    expect(choose('docs/glossary.md', 'servers/payment/src/main.ts')).to.deep.equal([]);
    expect(choose()).to.deep.equal([]);
  });

  for (const file of [
    'package.json',
    'package-lock.json',
    'packages/values/package.json',
    'tsconfig.base.json',
    '.mocharc.json',
    '.nycrc.json',
    'dev/register.mjs',
    'dev/tests/run-file.ts',
  ]) {
    it(`runs all tests after a change of ${file}`, () => {
      expect(choose(file)).to.deep.equal(tests);
    });
  }

  it("does not run all tests after a change of the runner's own tests", () => {
    expect(choose('dev/tests/choose-tests.test.ts')).to.deep.equal([]);
  });
});
