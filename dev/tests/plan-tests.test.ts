import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { planTests } from './plan-tests.ts';

const files: Record<string, string> = {
  'short.int.test.ts': 'x',
  'long.int.test.ts': 'x'.repeat(100),
  'known.int.test.ts': 'x',
  'platform.e2e.test.ts': 'x'.repeat(10),
  'unit.test.ts': 'x',
  'measured.int.test.ts': '// Runs alone: it compares times.\n',
  'mentions.int.test.ts': "it('// Runs alone: is no comment here')",
};

const repository = join(import.meta.dirname, '../..');

describe('the known durations', () => {
  it('are those of tests that exist', async () => {
    const known = JSON.parse(await readFile(join(import.meta.dirname, 'known-durations.json'), 'utf8')) as object;
    const missing = Object.keys(known).filter((file) => !file.endsWith('.test.ts') || !existsSync(join(repository, file)));
    expect(missing).to.deep.equal([]);
  });
});

describe('planTests', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'florin-plan-'));
    for (const [file, text] of Object.entries(files)) await writeFile(join(root, file), text);
  });
  after(() => rm(root, { recursive: true }));

  const plan = (durations = {}) => planTests(root, Object.keys(files), durations);

  it('puts unit tests first, then the longest file, by its size if there is no time', () => {
    expect(plan().together.slice(0, 4)).to.deep.equal([
      'unit.test.ts',
      'long.int.test.ts',
      'mentions.int.test.ts',
      'platform.e2e.test.ts',
    ]);
  });

  it('uses the times of the last run', () => {
    expect(plan({ 'known.int.test.ts': 30_000 }).together.slice(0, 2)).to.deep.equal(['unit.test.ts', 'known.int.test.ts']);
  });

  it('puts files that run alone into a separate group', () => {
    expect(plan().alone).to.deep.equal(['measured.int.test.ts']);
  });

  it('loses no file', () => {
    const { together, alone } = plan();
    expect([...together, ...alone]).to.have.members(Object.keys(files));
  });
});
