import { expect } from 'chai';
import { applyReadingAhead } from '../src/product-import/read-ahead.ts';
import type { Turns } from '../src/product-import/reading-pace.ts';

describe('reading ahead of what is applied', () => {
  const run = (work: () => Promise<unknown>) => work();
  const turnsOf = (mayGoOn: boolean) =>
    ({ between: run, beside: run, mayGoOn: () => mayGoOn, begin() {}, isOver: () => false, end: async () => {} }) as Turns;
  const failure = new Error('failed');

  /** Runs three items and writes down what happens. Reading fails after `readable` of them, applying at `applicable`. */
  async function historyOf(mayGoOn: boolean, { readable = 3, applicable = 3 } = {}): Promise<string[]> {
    const history: string[] = [];
    async function* read(): AsyncGenerator<number> {
      try {
        for (let item = 1; item <= 3; item++) {
          if (item > readable) throw failure;
          history.push(`read ${item}`);
          yield item;
        }
      } finally {
        history.push('closed');
      }
    }
    const apply = async (item: number): Promise<void> => {
      await Promise.resolve();
      if (item > applicable) throw failure;
      history.push(`applied ${item}`);
    };
    const prepare = async () => history.push('prepared');
    await applyReadingAhead(read(), { turns: turnsOf(mayGoOn), prepare, apply }).catch((error: unknown) => {
      expect(error).to.equal(failure);
      history.push('thrown');
    });
    return history;
  }

  const inTurn = ['read 1', 'prepared', 'applied 1', 'read 2', 'applied 2', 'read 3', 'applied 3', 'closed'];

  it('reads each item after the one before is applied, while others use the event loop', async () => {
    expect(await historyOf(false)).to.deep.equal(inTurn);
  });

  it('reads one item ahead, and no more, while nobody else does', async () => {
    const history = await historyOf(true);
    expect(history.filter((step) => step.startsWith('applied'))).to.deep.equal(['applied 1', 'applied 2', 'applied 3']);
    for (const item of [1, 2]) {
      expect(history.indexOf(`read ${item + 1}`)).to.be.below(history.indexOf(`applied ${item}`));
      if (item < 2) expect(history.indexOf(`read ${item + 2}`)).to.be.above(history.indexOf(`applied ${item}`));
    }
  });

  for (const mayGoOn of [false, true]) {
    it(`applies what was read before an error of reading, ${mayGoOn ? 'ahead' : 'in turn'}`, async () => {
      const history = await historyOf(mayGoOn, { readable: 2 });
      expect(history).to.include.members(['applied 1', 'applied 2', 'closed']);
      expect(history.at(-1)).to.equal('thrown');
    });

    it(`closes the file after a failed transaction, ${mayGoOn ? 'ahead' : 'in turn'}`, async () => {
      const history = await historyOf(mayGoOn, { applicable: 1 });
      expect(history).to.include.members(['applied 1', 'closed', 'thrown']).and.not.include('applied 2');
    });
  }
});
