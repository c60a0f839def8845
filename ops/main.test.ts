import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..');
const main = join(import.meta.dirname, 'main.ts');
const launcher = readFileSync(join(root, 'dev/florin.mjs'), 'utf8');
const commands = [...launcher.matchAll(/^ {2}'?([\w:-]+)'?: '\.\.\/ops\/.+',$/gm)].map(([, name = '']) => name);

describe('the entry of the operators’ image', () => {
  it('has every command of ops/ that npm run has', async () => {
    expect(commands).to.include.members(['audit', 'backup', 'dead-letters']);
    const { stdout } = await run('--help');
    expect(stdout).to.match(new RegExp(`: ${commands.join(', ')}\\.$`, 'm'));
  });

  it('runs the named command', async () => {
    const { code, stdout, stderr } = await run('audit', '--help');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.match(/^npm run audit\b/);
  });

  it('has every package that the commands import in its manifest', () => {
    const isForTests = (file: string): boolean => /^(dist|test|node_modules)\/|\.test\.ts$/.test(file);
    const all = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
    const files = all.filter((file) => file.endsWith('.ts') && !isForTests(file));
    const sources = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/^(?:import|export|\}) .*from '((?:@[\w-]+\/)?[\w-]+)(?:\/.*)?';$/gm)].map(([, name = '']) => name),
    );
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as { dependencies: object };
    expect([...new Set(imported)].sort()).to.deep.equal(Object.keys(manifest.dependencies));
  });

  it('rejects an unknown command with exit code 2 and the list of commands', async () => {
    const { code, stdout, stderr } = await run('audits');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr)
      .to.match(/^Unknown command "audits"\.$/m)
      .and.match(/dead-letters/);
  });
});

type Run = { code: number; stdout: string; stderr: string };

function run(...args: string[]): Promise<Run> {
  const command = ['--conditions=source', '--import', join(root, 'dev/register.mjs'), main, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: process.env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
