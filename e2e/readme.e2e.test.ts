import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { openPlatform } from './open-platform.ts';
import type { TestPlatform } from './start-test-platform.ts';

const run = promisify(execFile);

describe('the commands of README.md', function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  before(async () => {
    platform = await openPlatform();
    await platform.seed();
  });
  after(() => platform.stop());

  it('run as printed', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, walk = ''] = /## Try it with curl.*?```bash\n(.*?)```/s.exec(readme) ?? [];
    const script = walk
      .replaceAll('http://localhost:3001', platform.urls.auth)
      .replaceAll('http://localhost:3002', platform.urls.product)
      .replaceAll('http://localhost:3003', platform.urls.payment);
    const { stdout, stderr } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', script]);
    expect(stderr).to.equal('');
    const [wallet, purchase, cancelled, timeline, entries, audit] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).data);
    expect(wallet).to.include({ balanceMinor: 1_000_000 });
    expect(purchase).to.include({ status: 'paid' });
    expect(cancelled).to.include({ status: 'cancelled' });
    expect(timeline.map(({ type }: { type: string }) => type)).to.deep.equal([
      'purchase-requested',
      'purchase-paid',
      'purchase-cancelled',
      'purchase-refunded',
    ]);
    expect(entries).to.have.length(3);
    expect(audit).to.include({ ok: true });
  });
});
