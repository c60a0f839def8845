import { expect } from 'chai';
import { uniquePrefix } from '../src/index.ts';

describe('uniquePrefix', () => {
  it('differs at each call, and is valid in a topic name', () => {
    const prefixes = Array.from({ length: 1_000 }, () => uniquePrefix('users'));
    expect(new Set(prefixes).size).to.equal(1_000);
    expect(prefixes.every((prefix) => /^users-[0-9a-f]{12}\.$/.test(prefix))).to.equal(true);
  });
});
