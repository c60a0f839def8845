import { expect } from 'chai';
import { joinSubscriptions } from '../src/index.ts';

describe('joinSubscriptions', () => {
  it('returns a single operation unchanged', () => {
    const handle = async (): Promise<void> => {};
    expect(joinSubscriptions([{ event: 'user-erased', handle }])).to.deep.equal({ 'user-erased': handle });
  });

  it('runs operations on the same event one after the other, up to the first that fails', async () => {
    const ran: string[] = [];
    const { 'user-erased': joined } = joinSubscriptions([
      { event: 'user-erased', handle: async () => void ran.push('first') },
      { event: 'user-registered', handle: async () => void ran.push('another') },
      { event: 'user-erased', handle: () => Promise.reject(new Error('no')) },
      { event: 'user-erased', handle: async () => void ran.push('third') },
    ]);
    const failure = await joined?.({} as never, []).catch((error: Error) => error.message);
    expect([failure, ran]).to.deep.equal(['no', ['first']]);
  });
});
