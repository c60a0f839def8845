import { inspectService } from '@florin/service';
import { valueFaults } from '@florin/testing';
import { expect } from 'chai';
import { payment } from '../src/features.ts';

describe('Kinds of values', () => {
  it('are spelled once: no endpoint has an id, an amount, a time or a text of its own', () => {
    const { endpoints } = inspectService(payment);
    expect(endpoints).to.have.length.above(10);
    expect(valueFaults(endpoints)).to.deep.equal([]);
  });
});
