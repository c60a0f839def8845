import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { ID_AHEAD_MS, newId, newIdAt } from '../src/index.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2031-04-05T06:07:08.000Z');

const msOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
const many = (make: () => string, count = 2_000): string[] => Array.from({ length: count }, make);

describe('newId', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = useFakeTimers({ now: START_MS, toFake: ['Date'] });
  });
  afterEach(() => clock.restore());

  it('contains the time of the clock, and sorts in the order of creation within a millisecond', () => {
    const ids = many(newId);
    expect(ids.map(msOf)).to.deep.equal(ids.map(() => START_MS));
    expect(ids.toSorted()).to.deep.equal(ids);
  });

  it('keeps the order when the clock goes back a little', () => {
    const before = many(newId);
    clock.setSystemTime(START_MS - ID_AHEAD_MS);
    const after = many(newId);
    expect([...before, ...after].toSorted()).to.deep.equal([...before, ...after]);
  });

  for (const backMs of [ID_AHEAD_MS + 1, 60_000, 2 * DAY_MS]) {
    it(`follows a clock that goes back by ${backMs} ms, and stays unique`, () => {
      const before = many(newId);
      clock.setSystemTime(START_MS - backMs);
      const back = many(newId);
      expect(back.map(msOf)).to.deep.equal(back.map(() => START_MS - backMs));
      clock.setSystemTime(START_MS);
      const again = many(newId);
      expect(new Set([...before, ...back, ...again]).size).to.equal(before.length + back.length + again.length);
    });
  }

  it('is never further ahead of the clock than ID_AHEAD_MS, however often the clock goes back a little', () => {
    for (let step = 1; step <= 20; step++) {
      clock.setSystemTime(START_MS - step * (ID_AHEAD_MS / 2));
      expect(msOf(newId()) - Date.now()).to.be.within(0, ID_AHEAD_MS);
    }
  });

  it('follows a clock that goes ahead for a while and back', () => {
    clock.setSystemTime(START_MS + 2 * DAY_MS);
    expect(msOf(newId())).to.equal(START_MS + 2 * DAY_MS);
    clock.setSystemTime(START_MS + 20_000);
    expect(msOf(newId())).to.equal(START_MS + 20_000);
  });
});

describe('newIdAt', () => {
  it('contains the given time, whatever the clock shows, and sorts in the order of creation within it', () => {
    const time = new Date('2020-02-29T23:59:59.999Z');
    const ids = many(() => newIdAt(time));
    expect(ids.map(msOf)).to.deep.equal(ids.map(() => time.getTime()));
    expect(ids.toSorted()).to.deep.equal(ids);
  });

  it('stays unique when times alternate', () => {
    const times = [new Date(START_MS), new Date(START_MS + 1)];
    const ids = many(() => newIdAt(times[Math.floor(Math.random() * 2)] as Date));
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
