import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from 'chai';
import { claimDirectory } from './claim-directory.ts';
import { processIdentity } from './process-identity.ts';

describe('claimDirectory', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-claim-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('rejects a second claim, naming the process of the first, until the first is released', async () => {
    const claim = await claimDirectory(directory);
    const refusal = await claimDirectory(directory).catch((error: Error) => error);
    assert.instanceOf(refusal, Error);
    assert.include((refusal as Error).message, `process ${process.pid}`);

    await claim.release();
    await (await claimDirectory(directory)).release();
  });

  it('ignores the claim of a dead launcher, even if its pid now belongs to another process', async () => {
    const recycled = processIdentity(process.ppid)?.replace(/-\d+-/, '-1-');
    assert.isString(recycled);
    const stale = join(directory, 'launchers', String(recycled));
    await mkdir(join(directory, 'launchers'));
    await writeFile(stale, '');

    const claim = await claimDirectory(directory);
    assert.isFalse(existsSync(stale));
    await claim.release();
  });

  it('lets one of four concurrent launchers win', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => claimInChildProcess(directory)));
    assert.sameMembers(outcomes, ['claimed', 'refused', 'refused', 'refused']);
  });
});

/** The winner keeps its claim until the others have given up. */
async function claimInChildProcess(directory: string): Promise<string> {
  const script = `
    import { claimDirectory } from ${JSON.stringify(new URL('claim-directory.ts', import.meta.url).href)};
    const outcome = await claimDirectory(${JSON.stringify(directory)}).then(() => 'claimed', () => 'refused');
    process.stdout.write(outcome);
    if (outcome === 'claimed') setTimeout(() => {}, 3000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await once(child, 'close');
  return printed;
}
