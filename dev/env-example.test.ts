import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { envExample } from './env-example.ts';

describe('.env.example', () => {
  it('lists every setting as it is (run npm run docs)', () => {
    expect(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')).to.equal(envExample());
  });

  it('says something of each', () => {
    expect(envExample()).to.not.include('undefined');
  });
});
