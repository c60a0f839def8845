import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { openPlatform } from './open-platform.ts';
import { startGateway } from './start-gateway.ts';
import type { TestPlatform } from './start-test-platform.ts';

const run = promisify(execFile);

describe('the commands of README.md', function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  let address: { url: string; stop(): Promise<void> };
  before(async () => {
    platform = await openPlatform();
    await platform.seed();
    address = await openAddress(platform.urls);
  });
  after(async () => {
    await address?.stop();
    await platform?.stop();
  });

  it('run as printed', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, walk = ''] = /## Try it with curl.*?```bash\n(.*?)```/s.exec(readme) ?? [];
    const script = walk.replaceAll('http://localhost:8080', address.url);
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

/** The address of the services' gateway: containers have one, and services on this machine get one. */
async function openAddress(urls: TestPlatform['urls']): Promise<{ url: string; stop(): Promise<void> }> {
  const different = new Set(Object.values(urls));
  const [url = ''] = different;
  if (different.size === 1) return { url, stop: () => Promise.resolve() };
  const ports = Object.fromEntries(Object.entries(urls).map(([name, one]) => [name, Number(new URL(one).port)]));
  return startGateway({ ports });
}
