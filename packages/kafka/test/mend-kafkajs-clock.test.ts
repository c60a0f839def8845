import { createRequire } from 'node:module';
import { eventually, type ShiftedClock, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import { mendKafkajsClock } from '../src/mend-kafkajs-clock.ts';

const DAY_MS = 86_400_000;

type Request = { sentAt: number; requestTimeout: number; timeoutRequest(): void };
type Queue = { inflight: Map<number, Request>; throttledUntil: number; scheduleRequestTimeoutCheck(): void; destroy(): void };

describe('the timeouts of kafkajs', () => {
  let clock: ShiftedClock;
  let queue: Queue;
  const timedOut: string[] = [];
  beforeEach(() => {
    clock = shiftClock();
    timedOut.length = 0;
    mendKafkajsClock();
    const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (options: object) => Queue;
    queue = new RequestQueue({ requestTimeout: 50, enforceRequestTimeout: true, logger: { debug() {} } });
    queue.scheduleRequestTimeoutCheck();
  });
  afterEach(() => {
    queue.destroy();
    clock.restore();
  });

  /** A request in progress. */
  const send = (name: string, requestTimeout: number): void => {
    const id = queue.inflight.size;
    const timeoutRequest = (): void => {
      timedOut.push(name);
      queue.inflight.delete(id);
    };
    queue.inflight.set(id, { sentAt: Date.now(), requestTimeout, timeoutRequest });
  };

  it('occur although the clock was set back', async () => {
    send('short', 50);
    clock.set(-2 * DAY_MS);
    await eventually(() => expect(timedOut).to.deep.equal(['short']));
  });

  it('do not all occur at once because the clock was set ahead', async () => {
    send('long', 60_000);
    send('short', 50);
    clock.set(2 * DAY_MS);
    await eventually(() => expect(timedOut).to.not.deep.equal([]));
    expect(timedOut).to.deep.equal(['short']);
  });

  it('and throttling end although the clock was set back', async () => {
    queue.throttledUntil = Date.now() + 1_000;
    clock.set(-2 * DAY_MS);
    await eventually(() => expect(queue.throttledUntil).to.be.below(Date.now()));
  });
});
