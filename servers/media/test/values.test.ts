import { inspectService } from '@florin/service';
import { valueFaults } from '@florin/testing';
import { expect } from 'chai';
import { media } from '../src/features.ts';

describe('value schemas of media', () => {
  it('are shared: no endpoint defines an id, a time or a text of its own', () => {
    const { endpoints } = inspectService(media);
    expect(endpoints).to.have.length.above(8);
    expect(valueFaults(endpoints)).to.deep.equal([]);
  });
});
