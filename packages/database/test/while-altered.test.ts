import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { whileAltered } from '../src/while-altered.ts';

describe('whileAltered', () => {
  const skipped = Object.assign(new Error('Table users was skipped'), { errno: 1684 });
  const denied = Object.assign(new Error('SELECT command denied'), { errno: 1142 });
  let runs = 0;
  beforeEach(() => {
    runs = 0;
  });
  const failing = (times: number, error: Error) => (): Promise<string> => {
    runs++;
    return runs > times ? Promise.resolve('triggers') : Promise.reject(error);
  };

  it('reads again until no table is being altered', async () => {
    expect(await whileAltered(failing(2, skipped), { pauseMs: 0 })).to.equal('triggers');
    expect(runs).to.equal(3);
  });

  it('gives up after fifty attempts, and at once after any other error', async () => {
    expect(await failureOf(whileAltered(failing(100, skipped), { pauseMs: 0 }))).to.equal(skipped);
    expect(runs).to.equal(50);
    runs = 0;
    expect(await failureOf(whileAltered(failing(1, denied)))).to.equal(denied);
    expect(runs).to.equal(1);
  });
});
