// Runs with --full: it starts npm and Node many times, for the entry of the commands.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const commands = Object.keys(scripts).filter((name) => scripts[name]?.includes('dev/florin.mjs'));
const COMMAND_CONCURRENCY = 3;

describe('npm run', function () {
  this.timeout(480_000);

  it('rejects unknown arguments in every command with exit code 2 and the help, which lists the exit codes', async () => {
    const waiting = [...commands];
    const next = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const { code, stdout, stderr } = await run(name, '--nonsense');
        expect({ name, code, stdout }).to.deep.equal({ name, code: 2, stdout: '' });
        expect(stderr, name).to.match(/--nonsense/);
        expect(stderr, name).to.match(new RegExp(`^npm (run )?${name}\\b`, 'm'));
        expect(stderr, name).to.match(/Exit code/);
      }
    };
    expect(commands).to.include.members(['start', 'migrate', 'audit', 'rebuild', 'prove', 'bench']);
    await Promise.all(Array.from({ length: COMMAND_CONCURRENCY }, next));
  });

  it('answers --help on standard output, with exit code 0', async () => {
    const { code, stdout, stderr } = await run('dead-letters', '--help');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.match(/^npm run dead-letters/);
  });

  it('answers with 1 and a message, and nothing on standard output, if it fails', async () => {
    const { code, stdout, stderr } = await run('dead-letters', 'list', '--json');
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.equal('auth does not answer at http://127.0.0.1:1. Is the platform running?\n');
  });
});

type Run = { code: number; stdout: string; stderr: string };

function run(...args: string[]): Promise<Run> {
  const env = { PATH: process.env['PATH'], AUTH_URL: 'http://127.0.0.1:1' };
  const command = ['--conditions=source', join(root, 'dev/florin.mjs'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
