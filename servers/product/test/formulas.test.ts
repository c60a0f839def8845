import { expect } from 'chai';
import fc from 'fast-check';
import { defuse, restore, restoreFirst } from '../src/product-import/formulas.ts';

describe('formulas in cells', () => {
  const texts = fc.string({ unit: fc.constantFrom(...Array.from('=+-@\t\r\n\'"a1; |＝＋－＠\u00a0,')) });

  it('are never at the beginning of a defused cell', () => {
    fc.assert(fc.property(texts, (text) => !/^[=+\-@\t\r\n＝＋－＠]/.test(defuse(text))));
  });

  it('never follow a possible separator, blanks and quotes', () => {
    const cells = (text: string): string[] => defuse(text).split(/\r\n|[;|\t\r\n]/);
    fc.assert(fc.property(texts, (text) => cells(text).every((cell) => !/^[\s"]*[=+\-@＝＋－＠]/.test(cell))));
  });

  it('are restored exactly', () => {
    fc.assert(fc.property(texts, (text) => restore(defuse(text)) === text));
  });

  it('get one apostrophe each', () => {
    expect(defuse('=1')).to.equal("'=1");
    expect(defuse('Stift;=1+1;x')).to.equal("Stift;'=1+1;x");
    expect(defuse('- one\r\n- two\n  - three')).to.equal("'- one\r\n'- two\n'  - three");
    expect(defuse("'=1")).to.equal("''=1");
    expect(defuse('\t=1')).to.equal("'\t'=1");
  });

  it('leave other text unchanged', () => {
    for (const text of ['', 'tea', "it's", "'quoted'", '1-1', 'a=b', 'two\n\nlines', 'a; b', 'Preis 5,-', 'a,=b']) {
      expect(defuse(text)).to.equal(text);
      expect(restore(text)).to.equal(text);
    }
  });

  it('of the previous release lose one apostrophe at the beginning of the cell', () => {
    expect(["'=1", "''=1", "x;'=1", "'x"].map(restoreFirst)).to.deep.equal(['=1', "'=1", "x;'=1", "'x"]);
  });
});
