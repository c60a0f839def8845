import { expect } from 'chai';
import { linkHeader, pageEnvelope } from '../src/index.ts';

const page = (nextCursor: string | null) => ({ limit: 20, nextCursor });

describe('linkHeader', () => {
  it('links to the next page of the same list', () => {
    expect(linkHeader('/v1/products?sort=price&q=tea%20pot', page('abc'))).to.deep.equal({
      Link: '</v1/products?sort=price&q=tea+pot&cursor=abc>; rel="next"',
    });
  });

  it('replaces the old cursor', () => {
    expect(linkHeader('/v1/products?cursor=old&limit=5', page('new'))).to.deep.equal({
      Link: '</v1/products?cursor=new&limit=5>; rel="next"',
    });
  });

  it('needs no query', () => {
    expect(linkHeader('/v1/products', page('abc'))).to.deep.equal({ Link: '</v1/products?cursor=abc>; rel="next"' });
  });

  it('escapes characters that would end the link', () => {
    const { Link = '' } = linkHeader('/v1/products?q=a>;%20rel="prev",<b', page('abc'));
    expect(Link.match(/[<>]/g)).to.deep.equal(['<', '>']);
  });

  it('links to the pages around a numbered page', () => {
    const numbered = (number: number) => ({ limit: 10, nextCursor: null, number, total: 21 });
    expect(linkHeader('/v1/categories?page=1', numbered(1))).to.deep.equal({ Link: '</v1/categories?page=2>; rel="next"' });
    expect(linkHeader('/v1/categories?page=2', numbered(2))).to.deep.equal({
      Link: '</v1/categories?page=1>; rel="prev", </v1/categories?page=3>; rel="next"',
    });
    expect(linkHeader('/v1/categories?page=3', numbered(3))).to.deep.equal({ Link: '</v1/categories?page=2>; rel="prev"' });
  });

  it('is absent on the last page', () => {
    expect(linkHeader('/v1/products', page(null))).to.deep.equal({});
  });
});

describe('pageEnvelope', () => {
  it('presents rows in their public form, with the page', () => {
    const rows = [{ secret: 1, name: 'tea' }];
    expect(pageEnvelope({ rows, ...page(null) }, ({ name }) => ({ name }))).to.deep.equal({
      data: [{ name: 'tea' }],
      page: { limit: 20, nextCursor: null },
    });
  });
});
