import { expect } from 'chai';
import { sleep } from '../src/index.ts';

describe('sleep', () => {
  it('waits', async () => {
    const startedAt = performance.now();
    await sleep(20);
    expect(performance.now() - startedAt).to.be.at.least(19);
  });

  it('returns early when the signal aborts, before or during', async () => {
    const stopping = new AbortController();
    const sleeping = sleep(60_000, stopping.signal);
    stopping.abort();
    await sleeping;
    await sleep(60_000, stopping.signal);
  });
});
