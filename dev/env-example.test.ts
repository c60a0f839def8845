import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { envExample } from './env-example.ts';

describe('.env.example', () => {
  it('lists every setting as it is (run npm run docs)', async () => {
    expect(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')).to.equal(await envExample());
  });

  it('says something of each', async () => {
    expect(await envExample()).to.not.include('undefined');
  });
});
