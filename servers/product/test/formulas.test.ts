import { expect } from 'chai';
import fc from 'fast-check';
import { defuse, restore } from '../src/bulk/formulas.ts';

describe('formulas in cells', () => {
  const cells = fc.string({ unit: fc.constantFrom(...Array.from('=+-@\t\r\n\'"a1 ＝＋－＠')) });

  it('are never at the beginning of a cell that was defused', () => {
    fc.assert(fc.property(cells, (text) => !/^[=+\-@\t\r\n＝＋－＠]/.test(defuse(text))));
  });

  it('come back as they were', () => {
    fc.assert(fc.property(cells, (text) => restore(defuse(text)) === text));
  });

  it('leave other text alone', () => {
    for (const text of ['', 'tea', "it's", "'quoted'", '1-1', 'a=b']) expect(defuse(text)).to.equal(text);
  });
});
