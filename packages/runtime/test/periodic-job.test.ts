import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { createLogger, createPeriodicJob } from '../src/index.ts';

const logger = createLogger({ service: 'job-test', level: 'error' });

describe('createPeriodicJob', () => {
  it('runs every interval, again at once while there may be more, and never twice at a time', async () => {
    let [under, most, runs] = [0, 0, 0];
    const job = createPeriodicJob({
      ...{ name: 'run', everyMs: 1, logger },
      async run() {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        return ++runs < 3;
      },
    });
    job.start();
    await eventually(async () => expect(runs).to.be.greaterThan(4));
    await job.stop();
    expect(most).to.equal(1);
  });

  it('continues after a failed run', async () => {
    let runs = 0;
    const job = createPeriodicJob({
      ...{ name: 'run', everyMs: 1, logger },
      run: async () => {
        if (++runs === 1) throw new Error('not today');
        return false;
      },
    });
    job.start();
    await eventually(async () => expect(runs).to.be.greaterThan(1));
    await job.stop();
  });

  it('finishes the current run on stop, and starts no other', async () => {
    let [begun, ended] = [0, 0];
    let finish = (): void => undefined;
    const job = createPeriodicJob({
      ...{ name: 'run', everyMs: 1, logger },
      async run() {
        begun++;
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        ended++;
        return true;
      },
    });
    job.start();
    await eventually(async () => expect(begun).to.equal(1));
    const stopped = job.stop();
    finish();
    await stopped;
    expect([begun, ended]).to.deep.equal([1, 1]);
  });
});
