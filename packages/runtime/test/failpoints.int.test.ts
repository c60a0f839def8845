import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { armFailpoint, noFailpoints } from '../src/index.ts';

const source = new URL('../src/failpoints.ts', import.meta.url).href;

/** Reaches 'before-commit' three times in a separate process, printing each; returns the output and the signal. */
async function reachThrice(setting: string): Promise<{ said: string; signal: string | null }> {
  const script = `
    const { armFailpoint } = await import(${JSON.stringify(source)});
    const reach = armFailpoint(${JSON.stringify(setting)});
    for (let n = 1; n <= 3; n++) { reach('inside-batch'); reach('before-commit'); process.stdout.write(String(n)); }`;
  const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { said, signal };
}

describe('armFailpoint', () => {
  it('kills the process at the given failpoint and count only', async () => {
    const settings = ['before-commit', 'before-commit:3', 'after-publish-before-delete'];
    expect(await Promise.all(settings.map(reachThrice))).to.deep.equal([
      { said: '', signal: 'SIGKILL' },
      { said: '12', signal: 'SIGKILL' },
      { said: '123', signal: null },
    ]);
  });

  it('is off by default', () => {
    expect(armFailpoint('')).to.equal(noFailpoints);
  });
});
