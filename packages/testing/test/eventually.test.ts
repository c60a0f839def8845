import { expect } from 'chai';
import { useFakeTimers } from 'sinon';
import { eventually, failureOf } from '../src/index.ts';

describe('eventually', () => {
  it('returns the result of the check once it does not throw', async () => {
    let tries = 0;
    const result = await eventually(
      async () => {
        tries++;
        if (tries < 3) throw new Error('not yet');
        return 'there';
      },
      { everyMs: 1 },
    );
    expect({ tries, result }).to.deep.equal({ tries: 3, result: 'there' });
  });

  it('throws the last failure on timeout', async () => {
    const clock = useFakeTimers({ toFake: ['Date'] });
    let tries = 0;
    const failing = eventually(
      () => {
        tries++;
        clock.tick(10_000);
        throw new Error(`failure ${tries}`);
      },
      { timeoutMs: 35_000, everyMs: 1 },
    );
    expect(await failureOf(failing)).to.have.property('message', 'failure 4');
    clock.restore();
  });

  it('rejects a timeout that a busy machine exceeds', async () => {
    expect(await failureOf(eventually(() => 'there', { timeoutMs: 29_999 }))).to.be.instanceOf(RangeError);
  });
});
