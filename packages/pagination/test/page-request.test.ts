import { validate } from '@florin/app-response';
import { expect } from 'chai';
import Joi from 'joi';
import { type PageRequest, pageQuery } from '../src/index.ts';

const read = (query: object): PageRequest => validate(Joi.object<PageRequest, true>(pageQuery), query, { isText: true });

describe('pageQuery', () => {
  it('has a default limit of twenty', () => {
    expect(read({})).to.deep.equal({ limit: 20 });
  });

  it('reads the limit from text', () => {
    expect(read({ limit: '100', cursor: 'abc' })).to.deep.equal({ limit: 100, cursor: 'abc' });
  });

  for (const limit of ['0', '101', '-1', '1.5', 'many', '', ['1', '2']]) {
    it(`rejects the limit ${JSON.stringify(limit)}`, () => {
      expect(() => read({ limit }))
        .to.throw()
        .with.property('code', 'VALIDATION_FAILED');
    });
  }

  it('rejects a cursor longer than any valid one', () => {
    expect(() => read({ cursor: 'a'.repeat(2049) }))
      .to.throw()
      .with.property('code', 'VALIDATION_FAILED');
  });
});
