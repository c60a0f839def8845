import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FileResult, TestResult } from './test-result.ts';
import { writeReports } from './write-reports.ts';

const test = (title: string, rest: Partial<TestResult> = {}): TestResult => ({
  suite: 'Wallets',
  title,
  state: 'passed',
  durationMs: 1_500,
  ...rest,
});
const result = (file: string, ...tests: TestResult[]): FileResult => ({
  file,
  tests,
  durationMs: 1,
  cpuMs: 1,
  childrenCpuMs: 1,
  output: '',
});

describe('writeReports', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-reports-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const report = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');
  const write = (suite?: string) =>
    writeReports(
      [
        result('a.test.ts', test('hold <money> & "release"'), test('wait', { state: 'pending' })),
        result('b.test.ts', test('pay', { state: 'failed', failure: 'expected 1 to be\u0000 2 \ud800' })),
      ],
      { directory, suite, durationMs: 2_000 },
    );

  it('counts all files in one line', async () => {
    expect(write()).to.deep.equal({ passed: 1, failed: 1, skipped: 1 });
    expect(await report('tests.txt')).to.equal('1 passed, 1 failed, 1 skipped\n');
  });

  it("writes a pipeline's XML", async () => {
    write();
    expect(await report('tests.xml')).to.equal(`<testsuite name="Florin" tests="3" failures="1" errors="0" skipped="1" time="2">
<testcase classname="Wallets" name="hold &lt;money&gt; &amp; &quot;release&quot;" file="a.test.ts" time="1.5"/>
<testcase classname="Wallets" name="wait" file="a.test.ts" time="1.5"><skipped/></testcase>
<testcase classname="Wallets" name="pay" file="b.test.ts" time="1.5"><failure>expected 1 to be 2 </failure></testcase>
</testsuite>
`);
  });

  it('names the file of a suite after it', async () => {
    write('unit');
    expect(await report('tests-unit.xml')).to.include('<testsuite name="unit"');
  });

  it('repeats the failures, with their files', async () => {
    write();
    expect(await report('failed.txt')).to.match(/^b\.test\.ts\nWallets pay\nexpected 1/);
    expect(await report('unstable.txt')).to.equal('');
  });

  it('tells what passed in a second run only, with its first failure', async () => {
    const firstFailures = [test('pay', { state: 'failed', failure: 'no connection' })];
    const counts = writeReports([{ ...result('b.test.ts', test('pay')), firstFailures }], { directory, durationMs: 1 });
    expect(counts).to.deep.equal({ passed: 1, failed: 0, skipped: 0 });
    expect(await report('unstable.txt')).to.match(/^Passed in a second run only.*\n\nb\.test\.ts\nWallets pay\nno connection/);
  });
});
