import { expect } from 'chai';
import { eventually } from '../src/index.ts';

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
    let tries = 0;
    const failure: unknown = await eventually(
      () => {
        tries++;
        throw new Error(`failure ${tries}`);
      },
      { timeoutMs: 30, everyMs: 5 },
    ).catch((error: unknown) => error);
    expect(failure).to.have.property('message', `failure ${tries}`);
    expect(tries).to.be.above(1);
  });

  it('checks at least once, however short the timeout is', async () => {
    expect(await eventually(() => 'there', { timeoutMs: 0 })).to.equal('there');
  });
});
