import { inspectService } from '@florin/service';
import { valueFaults } from '@florin/testing';
import { expect } from 'chai';
import { product } from '../src/features.ts';

describe('value schemas', () => {
  it('are shared: no endpoint defines an id, an amount, a time or a text of its own', () => {
    const { endpoints } = inspectService(product);
    expect(endpoints).to.have.length.above(10);
    expect(valueFaults(endpoints)).to.deep.equal([]);
  });
});
