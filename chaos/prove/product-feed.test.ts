import type { Product } from '@florin/product-server/catalogue';
import { publicStateOf } from '@florin/product-server/catalogue';
import { expect } from 'chai';
import { createProductFeed } from './product-feed.ts';

const tea: Product = {
  id: 'tea',
  sku: null,
  name: 'Tea',
  slug: 'tea',
  description: '',
  brand: null,
  barcode: null,
  priceMinor: 100,
  compareAtPriceMinor: null,
  currency: 'EUR',
  taxRatePercent: 7,
  categoryId: 'drinks',
  categoryIds: ['drinks'],
  imageUrl: null,
  images: [],
  tags: ['black'],
  attributes: {},
  weightGrams: null,
  stock: 5,
  lowStockThreshold: null,
  status: 'active',
  parentId: null,
  options: null,
  optionValues: null,
  archivedWithParent: false,
  version: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
};
const eventOf = (product: Product) => ({ subject: product.id, data: publicStateOf(product) });

describe('createProductFeed', () => {
  const detailsOf = (published: Product[], stored: Product[]): string[] => {
    const feed = createProductFeed();
    for (const product of published) feed.changed(eventOf(product));
    return feed.check(stored).map(({ detail }) => detail);
  };
  const first: Product = { ...tea, name: 'Te', version: 1 };

  it('finds nothing if the newest event is the stored state, in any order of delivery', () => {
    expect(detailsOf([first, tea], [tea])).to.deep.equal([]);
    expect(detailsOf([tea, first, tea], [{ ...tea, stock: 1 }])).to.deep.equal([]);
  });

  it('finds an event that is missing, and one that differs', () => {
    expect(detailsOf([], [tea])).to.deep.equal(['none was published; version 2 is stored']);
    expect(detailsOf([first], [tea])).to.deep.equal(['version 1 differs in name, version']);
    expect(detailsOf([tea], [{ ...tea, tags: [] }])).to.deep.equal(['version 2 differs in tags']);
  });
});
