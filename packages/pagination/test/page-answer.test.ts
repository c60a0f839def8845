import { expect } from 'chai';
import { linkHeader, pageEnvelope } from '../src/index.ts';

describe('linkHeader', () => {
  it('leads to the next page of the same list', () => {
    expect(linkHeader('/v1/products?sort=price&q=tea%20pot', 'abc')).to.deep.equal({
      Link: '</v1/products?sort=price&q=tea+pot&cursor=abc>; rel="next"',
    });
  });

  it('puts the new cursor in the place of the old', () => {
    expect(linkHeader('/v1/products?cursor=old&limit=5', 'new')).to.deep.equal({
      Link: '</v1/products?cursor=new&limit=5>; rel="next"',
    });
  });

  it('needs no query', () => {
    expect(linkHeader('/v1/products', 'abc')).to.deep.equal({ Link: '</v1/products?cursor=abc>; rel="next"' });
  });

  it('cannot be broken out of', () => {
    const { Link = '' } = linkHeader('/v1/products?q=a>;%20rel="prev",<b', 'abc');
    expect(Link.match(/[<>]/g)).to.deep.equal(['<', '>']);
  });

  it('is absent on the last page', () => {
    expect(linkHeader('/v1/products', null)).to.deep.equal({});
  });
});

describe('pageEnvelope', () => {
  it('shows rows in their public form, with the page', () => {
    const page = { rows: [{ secret: 1, name: 'tea' }], limit: 20, nextCursor: null };
    expect(pageEnvelope(page, ({ name }) => ({ name }))).to.deep.equal({
      data: [{ name: 'tea' }],
      page: { limit: 20, nextCursor: null },
    });
  });
});
