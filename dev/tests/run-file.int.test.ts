import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { runInWorkers } from './run-in-workers.ts';
import type { FileResult } from './test-result.ts';

const root = join(import.meta.dirname, '../..');

/** Uses real workers, which load Mocha and a real file. */
describe('A test file in a worker', () => {
  let directory: string;
  before(async () => {
    // Below the checkout, because it imports the checkout's packages.
    directory = await mkdtemp(join(root, '.florin/run-file-'));
  });
  after(() => rm(directory, { recursive: true }));

  const run = async (text: string): Promise<FileResult | undefined> => {
    const file = join(directory, `${Math.random()}.test.ts`);
    await writeFile(file, text);
    const results: FileResult[] = [];
    const onResult = (result: FileResult): void => void results.push(result);
    await runInWorkers([relative(root, file)], { workers: 1, execArgv: process.execArgv, onResult });
    expect(results).to.have.length(1);
    return results[0];
  };

  it('reports its tests with their state, and the output of Mocha', async () => {
    const result = await run(`
      describe('Wallets', () => {
        it('pays', () => {});
        it.skip('waits', () => {});
        it('fails', () => { throw new Error('no money'); });
      });`);
    expect(result?.tests.map(({ suite, title, state }) => [suite, title, state])).to.deep.equal([
      ['Wallets', 'pays', 'passed'],
      ['Wallets', 'waits', 'pending'],
      ['Wallets', 'fails', 'failed'],
    ]);
    expect(result?.tests[2]?.failure).to.include('no money');
    // Mocha colours its output in a terminal.
    const output = stripVTControlCharacters(result?.output ?? '');
    expect(output).to.include('✔ pays').and.include('1 failing');
  });

  it('fails if a hook fails', async () => {
    const result = await run(
      "describe('Wallets', () => { before(() => { throw new Error('no server'); }); it('pays', () => {}); });",
    );
    expect(result?.tests.map(({ title, state }) => [title, state])).to.deep.equal([['"before all" hook for "pays"', 'failed']]);
  });

  it('fails if the file cannot be loaded', async () => {
    const result = await run("import './nothing.ts';");
    expect(result?.tests.map(({ title, state }) => [title, state])).to.deep.equal([['cannot be loaded', 'failed']]);
  });

  it('fails after an unhandled error', async () => {
    const result = await run(
      "it('pays', async () => { void Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 50)); });",
    );
    expect(result?.tests.some(({ state, failure }) => state === 'failed' && failure?.includes('lost'))).to.equal(true);
  });
});
