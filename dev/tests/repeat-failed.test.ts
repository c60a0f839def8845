import { expect } from 'chai';
import { repeatFailed } from './repeat-failed.ts';
import type { FileResult, TestState } from './test-result.ts';

const result = (file: string, state: TestState): FileResult => ({
  file,
  tests: [{ suite: 'Wallets', title: 'pay', state, durationMs: 1, ...(state === 'failed' && { failure: 'no money' }) }],
  durationMs: 1,
  cpuMs: 1,
  childrenCpuMs: 1,
  output: '',
});

describe('repeatFailed', () => {
  let asked: string[];
  beforeEach(() => {
    asked = [];
  });
  const runs =
    (...results: FileResult[]) =>
    (files: readonly string[]): Promise<FileResult[]> => {
      asked.push(...files);
      return Promise.resolve(results);
    };

  it('repeats failed files alone, and keeps the first failures of those that then pass', async () => {
    const [first, second] = await repeatFailed([result('a', 'passed'), result('b', 'failed')], runs(result('b', 'passed')));
    expect(asked).to.deep.equal(['b']);
    expect(first).to.deep.equal(result('a', 'passed'));
    expect(second?.tests[0]?.state).to.equal('passed');
    expect(second?.firstFailures).to.deep.equal(result('b', 'failed').tests);
  });

  it('keeps the failure of a file that fails twice', async () => {
    const results = await repeatFailed([result('b', 'failed')], runs(result('b', 'failed')));
    expect(results).to.deep.equal([result('b', 'failed')]);
  });

  it('keeps the failure of a file that leaves something running the second time', async () => {
    const results = await repeatFailed([result('b', 'failed')], runs(result('b', 'passed'), result('b', 'failed')));
    expect(results).to.deep.equal([result('b', 'failed')]);
  });

  it('keeps the failure of a file that left something running the first time', async () => {
    const first = [result('b', 'passed'), result('b', 'failed')];
    expect(await repeatFailed(first, runs(result('b', 'passed')))).to.deep.equal(first);
  });

  it('repeats nothing if nothing failed, or if more than 3 files did', async () => {
    await repeatFailed([result('a', 'passed')], runs());
    const many = ['a', 'b', 'c', 'd'].map((file) => result(file, 'failed'));
    expect(await repeatFailed(many, runs())).to.deep.equal(many);
    expect(asked).to.deep.equal([]);
  });
});
