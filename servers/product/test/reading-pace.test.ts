import { setImmediate as microtasksDone } from 'node:timers/promises';
import { expect } from 'chai';
import { createReadingPace, type EventLoop, MAX_TURN_MS, type Turns } from '../src/product-import/reading-pace.ts';

/** An event loop with a fake clock, of which others use a share. */
class FakeLoop implements EventLoop {
  othersShare = 0;
  rests = 0;
  #nowMs = 0;
  #idleMs = 0;
  /** The work of others that has gathered while files had their turn. */
  #gatheredMs = 0;
  #waiting: { untilMs: number; go(): void }[] = [];

  now(): number {
    return this.#nowMs;
  }
  idle(): number {
    return this.#idleMs;
  }
  nextTurn(): Promise<void> {
    return this.#wait(0);
  }
  sleep(ms: number): Promise<void> {
    this.rests++;
    return this.#wait(ms);
  }
  work(ms: number): void {
    this.#nowMs += ms;
    this.#gatheredMs += ms * this.othersShare;
  }

  /** Runs what waits until the time. */
  async runUntil(ms: number): Promise<void> {
    for (;;) {
      await microtasksDone();
      this.#waiting.sort((a, b) => a.untilMs - b.untilMs);
      const [next] = this.#waiting;
      if (next === undefined || next.untilMs > ms) return this.#passUntil(ms);
      this.#waiting.shift();
      this.#passUntil(next.untilMs);
      next.go();
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((go) => this.#waiting.push({ untilMs: this.#nowMs + ms, go }));
  }

  /** Others do first what has gathered. */
  #passUntil(ms: number): void {
    this.#nowMs += this.#gatheredMs;
    this.#gatheredMs = 0;
    const leftMs = Math.max(0, ms - this.#nowMs);
    this.#nowMs += leftMs;
    this.#idleMs += leftMs * (1 - this.othersShare);
  }
}

/** Reads a file for ever, and counts its turns. */
function read(loop: FakeLoop, turns: Turns): { turns: number } {
  const count = { turns: 0 };
  void (async () => {
    for (;;) {
      turns.begin();
      while (!turns.isOver()) loop.work(MAX_TURN_MS / 10);
      count.turns++;
      await turns.end();
    }
  })();
  return count;
}

const TURNS_PER_S = 1_000 / MAX_TURN_MS;

describe('the pace of reading files', () => {
  let loop: FakeLoop;
  let turns: Turns;
  beforeEach(() => {
    loop = new FakeLoop();
    turns = createReadingPace(loop).open();
  });

  it('rests once on an idle event loop, and then reads at full speed', async () => {
    const file = read(loop, turns);
    await loop.runUntil(1_000);
    expect(loop.rests).to.be.within(1, 2);
    expect(file.turns).to.be.above(0.95 * TURNS_PER_S);
  });

  for (const othersShare of [0.15, 0.5, 0.9]) {
    it(`takes a fifth of an event loop of which others use ${othersShare * 100}%`, async () => {
      loop.othersShare = othersShare;
      const file = read(loop, turns);
      await loop.runUntil(1_000);
      expect(file.turns).to.be.within(0.1 * TURNS_PER_S, 0.21 * TURNS_PER_S);
    });
  }

  it('gives all files together the share of one', async () => {
    loop.othersShare = 0.5;
    const pace = createReadingPace(loop);
    const files = [1, 2, 3].map(() => read(loop, pace.open()));
    await loop.runUntil(1_000);
    expect(files.reduce((sum, file) => sum + file.turns, 0)).to.be.below(0.21 * TURNS_PER_S);
    for (const file of files) expect(file.turns).to.be.above(0.03 * TURNS_PER_S);
  });

  it('reads several files at full speed on an idle event loop', async () => {
    const pace = createReadingPace(loop);
    const files = [1, 2].map(() => read(loop, pace.open()));
    await loop.runUntil(1_000);
    expect(files.reduce((sum, file) => sum + file.turns, 0)).to.be.above(0.9 * TURNS_PER_S);
  });

  it('rests soon after others have come, and no more after they have gone', async () => {
    read(loop, turns);
    await loop.runUntil(100);
    const before = loop.rests;
    loop.othersShare = 0.5;
    await loop.runUntil(200);
    expect(loop.rests - before).to.be.above(5);
    loop.othersShare = 0;
    await loop.runUntil(250);
    const after = loop.rests;
    await loop.runUntil(1_000);
    expect(loop.rests).to.equal(after);
  });

  it('rests after the first turn of a file that follows a pause', async () => {
    const file = read(loop, turns);
    await loop.runUntil(100);
    const [before, turnsBefore] = [loop.rests, file.turns];
    loop.work(60_000);
    await loop.runUntil(loop.now() + 5);
    expect([loop.rests - before, file.turns - turnsBefore]).to.deep.equal([1, 1]);
  });

  it('ends the turn before a transaction, and counts none of it as work', async () => {
    turns.begin();
    loop.work(1);
    const committed = turns.between(async () => {
      expect(loop.rests).to.equal(1);
      loop.work(500);
      return 'committed';
    });
    const isOver = committed.then(() => turns.isOver());
    await loop.runUntil(1_000);
    expect(await committed).to.equal('committed');
    expect(await isOver).to.equal(false);
  });

  it('reads at full speed between its own transactions, which are no use by others', async () => {
    void (async () => {
      for (;;) {
        for (let turn = 0; turn < 5; turn++) {
          turns.begin();
          while (!turns.isOver()) loop.work(MAX_TURN_MS / 10);
          await turns.end();
        }
        await turns.between(async () => {
          loop.work(20);
          await loop.nextTurn();
        });
      }
    })();
    await loop.runUntil(1_000);
    expect(loop.rests).to.be.within(1, 2);
  });

  it('lets turns go on beside a transaction after a quiet measurement, which holds for a second', async () => {
    expect(turns.mayGoOn(), 'without a measurement').to.equal(false);
    const file = read(loop, turns);
    await loop.runUntil(100);
    expect([turns.mayGoOn(), file.turns > 10], 'measured').to.deep.equal([true, true]);
    loop.othersShare = 0.5;
    await loop.runUntil(200);
    expect(turns.mayGoOn(), 'beside others').to.equal(false);
    loop.othersShare = 0;
    await loop.runUntil(300);
    expect(turns.mayGoOn(), 'quiet again').to.equal(true);
    loop.work(1_000);
    expect(turns.mayGoOn(), 'outdated').to.equal(false);
  });

  it('rests for a bounded time after a turn in which the process was stopped', async () => {
    turns.begin();
    loop.work(3_600_000);
    const startedAt = loop.now();
    let endedAt: number | undefined;
    void turns.end().then(() => {
      endedAt = loop.now();
    });
    await loop.runUntil(startedAt + 1_000);
    expect(endedAt).to.equal(startedAt + 100);
  });
});
