import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { runInWorkers } from './run-in-workers.ts';
import type { FileResult } from './test-result.ts';

/** Takes orders as a worker does; the file's name determines what happens to the worker. */
const PROGRAM = `
import { writeFileSync } from 'node:fs';
const tell = (name) => writeFileSync(new URL('./' + name, import.meta.url), '');
process.on('message', (order) => {
  const test = { suite: '', title: 'works', state: 'passed', durationMs: 1 };
  if (order.end)
    return process.send({ ending: ['Timeout'] }, () => {
      tell('ending');
      process.disconnect();
    });
  const { file } = order;
  if (file.includes('crashes')) { console.error('out of memory'); return process.exit(3); }
  if (file.includes('is killed')) return process.kill(process.pid, 'SIGKILL');
  if (file.includes('hangs')) return tell('hanging');
  if (file.includes('leaves a timer')) setInterval(() => {}, 1_000);
  if (file.includes('fails late')) process.on('disconnect', () => process.exit(1));
  process.send({ result: { file, tests: [test], durationMs: 1, cpuMs: 1, childrenCpuMs: 1, output: String(process.pid) } });
});
`;

describe('runInWorkers', () => {
  let directory: string;
  let program: string;
  let clock: SinonFakeTimers;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-workers-'));
    program = join(directory, 'program.mjs');
    await writeFile(program, PROGRAM);
  });
  after(() => rm(directory, { recursive: true }));
  beforeEach(async () => {
    for (const name of ['hanging', 'ending']) await rm(join(directory, name), { force: true });
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.restore());

  const isTold = (name: string): Promise<void> => eventually(() => access(join(directory, name)));

  const run = async (files: readonly string[], workers = 1): Promise<FileResult[]> => {
    const results: FileResult[] = [];
    await runInWorkers(files, { workers, execArgv: [], program, onResult: (result) => void results.push(result) });
    return results;
  };
  const told = (results: readonly FileResult[]) =>
    results.map(({ file, tests: [test] }) => `${file}: ${test?.title} ${test?.state}`);

  it('gives each file to one worker, in the order of the queue', async () => {
    const results = await run(['a', 'b', 'c']);
    expect(told(results)).to.deep.equal(['a: works passed', 'b: works passed', 'c: works passed']);
    expect(new Set(results.map(({ output }) => output)).size, 'workers').to.equal(1);
  });

  it('gives files of one queue to several workers', async () => {
    const results = await run(['a', 'b', 'c', 'd'], 2);
    expect(told(results)).to.have.members(['a', 'b', 'c', 'd'].map((file) => `${file}: works passed`));
    expect(new Set(results.map(({ output }) => output)).size, 'workers').to.equal(2);
  });

  it('reports a crash as a failure of its file, with the output of the worker, and continues in another', async () => {
    const results = await run(['crashes', 'is killed', 'b']);
    expect(told(results)).to.deep.equal([
      'crashes: crashed its process (exit code 3) failed',
      'is killed: crashed its process (SIGKILL) failed',
      'b: works passed',
    ]);
    expect(results[0]?.tests[0]?.failure).to.include('out of memory');
  });

  it('kills a worker that hangs, and reports a failure of its file', async () => {
    const running = run(['hangs', 'b']);
    await isTold('hanging');
    clock.tick(20 * 60_000);
    expect(told(await running)).to.deep.equal(['hangs: did not end within 1200 s failed', 'b: works passed']);
  });

  it('reports anything still running after the last file as a failure', async () => {
    const running = run(['leaves a timer']);
    await isTold('ending');
    clock.tick(60_000);
    expect(told(await running)).to.deep.equal([
      'leaves a timer: works passed',
      'leaves a timer: something was left running (Timeout) failed',
    ]);
  });

  it('reports a worker that fails after its last file', async () => {
    expect(told(await run(['fails late']))).to.deep.equal([
      'fails late: works passed',
      'fails late: its process ended badly (exit code 1) failed',
    ]);
  });
});
