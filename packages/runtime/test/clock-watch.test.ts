import { eventually, type ShiftedClock, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import {
  type ClockWatch,
  type ClockWatchOptions,
  createLogger,
  createMetrics,
  Degraded,
  sleep,
  watchClocks,
} from '../src/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const logger = createLogger({ service: 'clock-watch-test', level: 'error' });
logger.silent = true;

describe('watchClocks', () => {
  const machineMs = Date.now.bind(Date);
  let clock: ShiftedClock;
  let watch: ClockWatch | undefined;
  beforeEach(() => {
    clock = shiftClock();
  });
  afterEach(() => {
    watch?.stop();
    clock.restore();
  });

  const open = async (readers: ClockWatchOptions['readers'], options: Partial<ClockWatchOptions> = {}): Promise<ClockWatch> => {
    watch = watchClocks({ readers, maxDifferenceMs: 10_000, logger, everyMs: 5, ...options });
    await watch.start();
    return watch;
  };
  const right = async (): Promise<number> => machineMs();
  const both = { database: right, broker: right };

  it('finds equal clocks reliable', async () => {
    const { check, isReliable, earliestMs, latestMs } = await open(both);
    check('database');
    check('broker');
    expect(isReliable()).to.equal(true);
    expect(latestMs() - earliestMs()).to.be.below(1_000);
  });

  for (const [offMs, reason] of [
    [HOUR_MS, /^The clock of this instance is 3(600|599)\.\d s ahead of (the database's|Kafka's); at most 10 s are allowed\.$/],
    [-HOUR_MS, /^The clock of this instance is 3(600|599)\.\d s behind (the database's|Kafka's); at most 10 s are allowed\.$/],
  ] as const) {
    it(`reports at once that the own clock was set by ${offMs / 1000} s, and that it was corrected`, async () => {
      // It does not read the clocks again.
      const { check, isReliable } = await open(both, { everyMs: DAY_MS });
      clock.set(offMs);
      for (const source of ['database', 'broker'] as const) expect(() => check(source)).to.throw(reason);
      expect(isReliable()).to.equal(false);
      clock.set(0);
      check('database');
      check('broker');
    });
  }

  it('tolerates small differences', async () => {
    const { check } = await open(both);
    clock.set(9_000);
    check('database');
    clock.set(-9_000);
    check('database');
    clock.set(11_500);
    expect(() => check('database')).to.throw(/ahead/);
  });

  it('names the clock that differs, also if it begins to differ later', async () => {
    let offMs = 0;
    const { check, isReliable } = await open({ ...both, database: async () => machineMs() + offMs });
    expect(isReliable()).to.equal(true);
    offMs = 2 * DAY_MS;
    await eventually(() => expect(() => check('database')).to.throw(/172\d\d\d\.\d s behind the database's/));
    check('broker');
    expect(isReliable()).to.equal(false);
    offMs = 0;
    await eventually(() => check('database'));
    expect(isReliable()).to.equal(true);
  });

  it('is degraded if the clock of one source is wrong for all instances, and unavailable if its own is', async () => {
    const { check } = await open({ ...both, database: async () => machineMs() + 2 * DAY_MS });
    await eventually(() => expect(() => check('database')).to.throw(Degraded));
    check('broker');
    clock.set(DAY_MS);
    for (const source of ['database', 'broker'] as const)
      expect(() => check(source))
        .to.throw(Error)
        .and.not.be.instanceOf(Degraded);
  });

  it('does not mistake a slow response for a difference', async () => {
    const { check } = await open(
      {
        database: async () => {
          const timeMs = machineMs();
          await sleep(300);
          return timeMs;
        },
      },
      { maxDifferenceMs: 100 },
    );
    check('database');
    clock.set(1_000);
    expect(() => check('database')).to.throw(/ahead/);
  });

  it('ignores a clock that it cannot read, and does not wait for it', async () => {
    const never = new Promise<number>(() => {});
    const { check } = await open({ database: () => Promise.reject(new Error('away')), broker: () => never });
    clock.set(DAY_MS);
    check('database');
    check('broker');
  });

  it('does not trust a clock that has just been set ahead, even if all clocks of the machine agree', async () => {
    const { check, isReliable, whenReliable } = await open({ database: async () => Date.now(), broker: async () => Date.now() });
    let works = 0;
    const work = whenReliable(async () => ++works < 10);
    expect([await work(), works]).to.deep.equal([true, 1]);
    clock.set(2 * DAY_MS);
    await eventually(() => check('database'));
    expect([isReliable(), await work(), works]).to.deep.equal([false, 'skipped', 1]);
  });

  it('trusts a clock that was set back', async () => {
    const { isReliable } = await open({ database: async () => Date.now() });
    clock.set(-2 * DAY_MS);
    await eventually(() => expect(isReliable()).to.equal(true));
  });

  it('knows the earliest and the latest possible time', async () => {
    const { earliestMs, latestMs } = await open({ database: right, broker: async () => machineMs() - DAY_MS });
    expect(earliestMs()).to.be.within(machineMs() - DAY_MS - 1_000, machineMs() - DAY_MS + 1_000);
    clock.set(2 * DAY_MS);
    expect(latestMs()).to.be.within(machineMs() + 2 * DAY_MS - 1_000, machineMs() + 2 * DAY_MS + 1_000);
    clock.set(-2 * DAY_MS);
    expect(earliestMs()).to.be.within(machineMs() - 2 * DAY_MS - 1_000, machineMs() - 2 * DAY_MS + 1_000);
    expect(latestMs()).to.be.within(machineMs() - 1_000, machineMs() + 1_000);
  });

  it('exposes the differences as a metric, labelled with the other clock', async () => {
    const metrics = createMetrics('test');
    await open({ database: right }, { metrics });
    clock.set(HOUR_MS);
    const text = await metrics.registry.metrics();
    const lines = text.split('\n').filter((line) => line.startsWith('florin_clock_difference_seconds{'));
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/\{(.*,)?to="database"(,.*)?\} 3(600|599)/);
  });
});
