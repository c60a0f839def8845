import { inspectService } from '@florin/service';
import { valueFaults } from '@florin/testing';
import { expect } from 'chai';
import { auth } from '../src/features.ts';

describe('Kinds of values', () => {
  it('are defined once: no endpoint has its own id, amount, time or text', () => {
    const { endpoints } = inspectService(auth);
    expect(endpoints).to.have.length.above(10);
    expect(valueFaults(endpoints)).to.deep.equal([]);
  });
});
