import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { createLogger, createMetrics, createPeriodicJob } from '../src/index.ts';

const logger = createLogger({ service: 'job-test', level: 'error' });
const metrics = createMetrics('job-test');

describe('createPeriodicJob', () => {
  it('runs every interval, again at once while there may be more, and never twice at a time', async () => {
    let [under, most, runs] = [0, 0, 0];
    const job = createPeriodicJob({
      ...{ job: 'run', name: 'run', everyMs: 1, logger, metrics },
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
      ...{ job: 'run', name: 'run', everyMs: 1, logger, metrics },
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
      ...{ job: 'run', name: 'run', everyMs: 1, logger, metrics },
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

  it('counts its runs by outcome, with their duration and the time of the last success', async () => {
    const counted = createMetrics('job-test');
    const results = [false, new Error('not today'), 'skipped', true, false] as const;
    let runs = 0;
    const job = createPeriodicJob({
      ...{ job: 'sweep', name: 'sweep', everyMs: 1, logger, metrics: counted },
      async run() {
        const result = results[Math.min(runs++, results.length - 1)] ?? false;
        if (result instanceof Error) throw result;
        return result;
      },
    });
    job.start();
    await eventually(async () => expect(runs).to.be.at.least(results.length));
    await job.stop();
    const text = await counted.registry.metrics();
    const value = (series: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(series))
          ?.split(' ')
          .at(-1),
      );
    const count = (outcome: string) => value(`florin_job_runs_total{job="sweep",outcome="${outcome}"`);
    // Two calls of one run count once.
    expect([count('failure'), count('skipped')]).to.deep.equal([1, 1]);
    expect(count('success')).to.equal(runs - 3);
    expect(value('florin_job_duration_seconds_count{service="job-test",job="sweep"')).to.equal(runs - 2);
    expect(value('florin_job_last_success_timestamp_seconds{job="sweep"')).to.be.within(
      Date.now() / 1000 - 60,
      Date.now() / 1000,
    );
  });
});
