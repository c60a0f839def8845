import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { createLogger, createSweeper } from '../src/index.ts';

const logger = createLogger({ service: 'sweeper-test', level: 'error' });

describe('createSweeper', () => {
  it('sweeps now and then, at once again while there may be more, and never twice at a time', async () => {
    let [under, most, sweeps] = [0, 0, 0];
    const sweeper = createSweeper({
      ...{ name: 'sweep', everyMs: 1, logger },
      async sweep() {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        return ++sweeps < 3;
      },
    });
    sweeper.start();
    await eventually(async () => expect(sweeps).to.be.greaterThan(4));
    await sweeper.stop();
    expect(most).to.equal(1);
  });

  it('goes on after a sweep that failed', async () => {
    let sweeps = 0;
    const sweeper = createSweeper({
      ...{ name: 'sweep', everyMs: 1, logger },
      sweep: async () => {
        if (++sweeps === 1) throw new Error('not today');
        return false;
      },
    });
    sweeper.start();
    await eventually(async () => expect(sweeps).to.be.greaterThan(1));
    await sweeper.stop();
  });

  it('stops when the sweep under way has ended, and does not begin another', async () => {
    let [begun, ended] = [0, 0];
    let finish = (): void => undefined;
    const sweeper = createSweeper({
      ...{ name: 'sweep', everyMs: 1, logger },
      async sweep() {
        begun++;
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        ended++;
        return true;
      },
    });
    sweeper.start();
    await eventually(async () => expect(begun).to.equal(1));
    const stopped = sweeper.stop();
    finish();
    await stopped;
    expect([begun, ended]).to.deep.equal([1, 1]);
  });
});
