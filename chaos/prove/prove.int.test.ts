// Runs alone: it runs a whole platform under load and counts what that does in half a minute.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ChaosRun } from './chaos-run.ts';
import { mutants } from './mutants.ts';

const root = join(import.meta.dirname, '../..');
const SEED = 1;

type Run = { code: number; stdout: string; stderr: string };

describe('npm run prove', function () {
  this.timeout(480_000);

  it('runs the platform under load and faults and finds no violation', async () => {
    const run = await prove('--seed', String(SEED), '--minutes', '0.5', '--json', '--directory', '.florin/prove-test');
    expect(run.code, `${run.stderr}\n${run.stdout}`).to.equal(0);
    const { findings, counters, checked, rounds } = JSON.parse(run.stdout) as ChaosRun;
    expect(findings).to.deep.equal([]);
    expect(rounds).to.equal(1);
    expect(counters.faults.length, 'faults').to.be.above(0);
    expect(counters.operations['buy'], 'purchases').to.be.above(10);
    expect(checked.find(({ what }) => what === 'purchases')?.count).to.be.above(10);
  });

  it('has mutants that fit the current build', async () => {
    for (const { name, edits } of mutants) {
      for (const { file, find } of edits) {
        const text = await readFile(join(root, '.florin/prove-test/code', file), 'utf8');
        expect(text.split(find), `${name}: ${file}`).to.have.length(2);
      }
    }
  });

  it('prints its help', async () => {
    const run = await prove('--help');
    expect(run.code).to.equal(0);
    expect(run.stdout).to.include('--seed N').and.include('--mutants');
  });

  it('rejects an unknown fault with exit code 2', async () => {
    const run = await prove('--faults', 'kill,flood');
    expect(run.code).to.equal(2);
    expect(run.stderr).to.include('unknown faults: flood');
  });
});

function prove(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const command = ['--conditions=source', join(root, 'dev/florin.mjs'), 'prove', ...args];
    execFile(process.execPath, command, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}
