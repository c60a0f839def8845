import { expect } from 'chai';
import { withCount, withResult, withScan } from '../src/counting/count-lines.ts';

describe('the lines of a stock count', () => {
  const cup = { id: 'cup', name: 'Cup', sku: 'CUP-1', stock: 9 };
  const done = { isDone: true, text: 'posted' };
  const at = '2026-11-27T10:00:00Z';
  const counts = (lines: ReturnType<typeof withScan>) => lines.map(({ count, result }) => [count, result?.isDone]);

  it('count a unit for each scan', () => {
    expect(counts(withScan(withScan([], cup, at), cup, at))).to.deep.equal([[2, undefined]]);
  });
  it('begin a new count after a posted one', () => {
    const sent = withScan([], cup, at);
    expect(counts(withScan(withResult(sent, sent[0]?.key ?? '', done), cup, at))).to.deep.equal([[1, undefined]]);
  });
  it('stay open when a unit is scanned or typed while they are posted', () => {
    const sent = withScan([], cup, at);
    const key = sent[0]?.key ?? '';
    expect(counts(withResult(withScan(sent, cup, at), key, done))).to.deep.equal([[2, undefined]]);
    expect(counts(withResult(withCount(sent, { id: 'cup', count: 7, at }), key, done))).to.deep.equal([[7, undefined]]);
    expect(counts(withResult(sent, key, done))).to.deep.equal([[1, true]]);
  });
});
