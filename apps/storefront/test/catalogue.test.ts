import { expect } from 'chai';
import { type Category, findCategory, indexCategories } from '../src/catalogue/category-index.ts';
import { chooseValue, firstVariant, optionValues } from '../src/catalogue/choose-variant.ts';
import { MAX_TRAIL, nextTrail, previousPage, readTrail } from '../src/catalogue/cursor-trail.ts';
import { imageSources } from '../src/catalogue/image-sources.ts';
import { metaDescription } from '../src/catalogue/meta-description.ts';
import { readPriceRange } from '../src/catalogue/price-range.ts';
import { productJsonLd } from '../src/catalogue/product-json-ld.ts';
import { productPath } from '../src/catalogue/product-path.ts';
import { savingPercent } from '../src/catalogue/saving.ts';
import { stockLevel } from '../src/catalogue/stock-level.ts';

const ID = '01a21dcb-7f16-76a9-bf22-73c012a5211d';

describe('the address of a category', () => {
  const category = (id: string, name: string, children: Category[] = []): Category => ({
    id,
    name,
    children,
    description: '',
    parentId: null,
    version: 1,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
  });
  const index = indexCategories([
    category('a-00000001', 'Clothing', [category('b-00000002', 'T-Shirts & Tops'), category('c-00000003', 'Größe <b>XL</b>')]),
    category('e-00000005', 'clothing!'),
    category('d-00000004', '家具'),
    category('f-00000006', '***'),
  ]);

  it('has the names from the top', () => {
    expect(index.byId.get('b-00000002')?.path).to.equal('/c/clothing/t-shirts-tops');
    expect(findCategory(index, 'Clothing/T-Shirts-Tops/')?.id).to.equal('b-00000002');
    expect(findCategory(index, 'clothing/t-shirts-tops')?.above.map(({ name }) => name)).to.deep.equal(['Clothing']);
  });

  it('differs for names with the same letters, the older category has the short one', () => {
    expect(findCategory(index, 'clothing')?.id).to.equal('a-00000001');
    expect(index.byId.get('e-00000005')?.path).to.equal('/c/clothing-00000005');
  });

  it('exists for names of any script, and for names without letters', () => {
    expect(index.byId.get('d-00000004')?.path).to.equal('/c/%E5%AE%B6%E5%85%B7');
    expect(findCategory(index, '家具')?.id).to.equal('d-00000004');
    expect(findCategory(index, 'category')?.id).to.equal('f-00000006');
  });

  it('that nobody has finds nothing', () => {
    for (const slugs of ['', 'shirts', 'clothing/', 'clothing/x', '__proto__', 'constructor'])
      expect(findCategory(index, slugs)?.id).to.equal(slugs === 'clothing/' ? 'a-00000001' : undefined);
  });
});

describe('the choice of a variant', () => {
  const variant = (id: string, size: string, colour: string, stock: number) => ({
    id,
    stock,
    optionValues: { Size: size, Colour: colour },
  });
  const variants = [
    variant('1', 'S', 'White', 0),
    variant('2', 'M', 'White', 3),
    variant('3', 'M', 'Indigo', 2),
    variant('4', 'L', 'Indigo', 0),
    variant('5', 'L', 'Red', 1),
  ];
  const offered = { options: ['Size', 'Colour'], variants };

  it('begins with the one that is asked for, else with the first in stock', () => {
    expect(firstVariant(variants, '1')?.id).to.equal('1');
    expect(firstVariant(variants, 'unknown')?.id).to.equal('2');
    expect(firstVariant(variants.slice(0, 1), null)?.id).to.equal('1');
    expect(firstVariant([], null)).to.equal(undefined);
  });

  it('marks values that are sold out, or not made, together with what is chosen', () => {
    const [sizes, colours] = optionValues(offered, { Size: 'M', Colour: 'White' });
    expect(sizes?.values.map(({ value, isChosen, isSoldOut }) => [value, isChosen, isSoldOut])).to.deep.equal([
      ['S', false, true],
      ['M', true, false],
      ['L', false, true],
    ]);
    expect(colours?.values.map(({ value, isSoldOut }) => [value, isSoldOut])).to.deep.equal([
      ['White', false],
      ['Indigo', false],
      ['Red', true],
    ]);
  });

  it('keeps the other values where it can, and takes the nearest variant where it cannot', () => {
    expect(chooseValue(offered, { Size: 'M', Colour: 'White' }, ['Colour', 'Indigo'])?.id).to.equal('3');
    expect(chooseValue(offered, { Size: 'M', Colour: 'White' }, ['Size', 'S'])?.id).to.equal('1');
    expect(chooseValue(offered, { Size: 'M', Colour: 'White' }, ['Size', 'L'])?.id).to.equal('5');
    expect(chooseValue(offered, { Size: 'M', Colour: 'White' }, ['Size', 'toString'])).to.equal(undefined);
  });
});

describe('a price range', () => {
  for (const [min, max, result] of [
    ['', '', { minPriceMinor: undefined, maxPriceMinor: undefined }],
    ['5', '12,50', { minPriceMinor: 500, maxPriceMinor: 1250 }],
    ['5', '5', { minPriceMinor: 500, maxPriceMinor: 500 }],
    ['5', '4,99', { field: 'max', fault: 'belowMin' }],
    ['five', '', { field: 'min', fault: 'malformed' }],
    ['', '1.000,00', { field: 'max', fault: 'malformed' }],
  ] as const)
    it(`from ${JSON.stringify(min)} to ${JSON.stringify(max)} is ${JSON.stringify(result)}`, () =>
      expect(readPriceRange({ min, max }, 2, 'de')).to.deep.equal(result));
});

describe('the trail of cursors', () => {
  it('leads back page by page to the first', () => {
    const third = nextTrail(nextTrail([], undefined), 'second');
    expect(previousPage(third)).to.deep.equal({ cursor: 'second', trail: [''] });
    expect(previousPage([''])).to.deep.equal({ cursor: undefined, trail: [] });
    expect(previousPage([])).to.equal(undefined);
  });

  it('is bounded, and nothing of a state that it did not write', () => {
    expect(
      nextTrail(
        Array.from({ length: MAX_TRAIL }, () => 'x'),
        'y',
      ),
    ).to.have.length(MAX_TRAIL);
    for (const state of [null, undefined, 'x', {}, { trail: 'x' }, { trail: [1] }]) expect(readTrail(state)).to.deep.equal([]);
  });
});

describe('the sources of an image', () => {
  it('are scaled by the media service if it has the image', () => {
    const srcSet = [160, 320, 640].map((width) => `/v1/images/${ID}?width=${width} ${width}w`).join(', ');
    const expected = { src: `/v1/images/${ID}?width=640`, srcSet };
    expect(imageSources({ url: `/v1/images/${ID}`, alt: '' })).to.deep.equal(expected);
    expect(imageSources({ url: `https://shop.example/v1/images/${ID}`, alt: '' })).to.deep.equal(expected);
    expect(imageSources({ url: 'anything', imageId: ID, alt: '' })).to.deep.equal(expected);
  });

  it('are the address alone of an image elsewhere', () => {
    for (const url of ['https://cdn.example/a.jpg', 'https://cdn.example/v1/images/a', `https://cdn.example/x/v1/images/${ID}`])
      expect(imageSources({ url, alt: '' })).to.deep.equal({ src: url });
  });
});

describe('the texts of a product', () => {
  it('tell the number in stock only if it is small', () => {
    expect([-1, 0, 1, 5, 6].map(stockLevel)).to.deep.equal(['out', 'out', 'few', 'few', 'in']);
  });

  it('never round a saving up', () => {
    expect(savingPercent({ priceMinor: 667, compareAtPriceMinor: 1000 })).to.equal(33);
    expect(savingPercent({ priceMinor: 999, compareAtPriceMinor: 1000 })).to.equal(undefined);
    expect(savingPercent({ priceMinor: 1000, compareAtPriceMinor: 1000 })).to.equal(undefined);
    expect(savingPercent({ priceMinor: 1000, compareAtPriceMinor: null })).to.equal(undefined);
  });

  it('are one line of at most 160 characters for search engines', () => {
    expect(metaDescription(' Two\n\nlines ')).to.equal('Two lines');
    expect(metaDescription('word '.repeat(100))).to.match(/^(?:word )+word…$/);
    expect(metaDescription('😀'.repeat(200))).to.not.match(/[\ud800-\udbff]…/);
    expect(metaDescription('x'.repeat(500)).length).to.be.at.most(161);
  });

  it('have an address with the slug, or with one made from the name', () => {
    expect(productPath({ id: ID, name: 'Linen shirt', slug: 'linen' })).to.equal(`/p/${ID}/linen`);
    expect(productPath({ id: ID, name: 'Linen shirt', slug: null })).to.equal(`/p/${ID}/linen-shirt`);
    expect(productPath({ id: ID, name: '***', slug: null })).to.equal(`/p/${ID}`);
  });
});

describe('the structured data of a product', () => {
  const product = {
    id: ID,
    sku: 'A-1',
    name: 'Shirt</script><script>alert(1)</script>',
    slug: 'shirt',
    description: '<!-- <b>soft</b>',
    brand: 'Corda',
    barcode: '4006381333931',
    priceMinor: 1205,
    compareAtPriceMinor: null,
    currency: 'EUR',
    taxRatePercent: null,
    categoryId: ID,
    categoryIds: [ID],
    imageUrl: null,
    images: [{ url: `/v1/images/${ID}`, alt: '' }],
    tags: [],
    attributes: {},
    weightGrams: null,
    stock: 0,
    status: 'active' as const,
    version: 1,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
  };
  const place = { origin: 'https://shop.example', path: `/p/${ID}/shirt` };

  it('cannot end its element, and is read back as it was', () => {
    const text = productJsonLd(product, place);
    expect(text).to.not.include('<');
    expect(JSON.parse(text)).to.deep.include({
      name: product.name,
      description: product.description,
      image: [`https://shop.example/v1/images/${ID}`],
      gtin: '4006381333931',
      offers: {
        '@type': 'Offer',
        url: `https://shop.example/p/${ID}/shirt`,
        price: '12.05',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/OutOfStock',
      },
    });
  });

  it('has the range of prices of its variants', () => {
    const variant = { ...product, optionValues: { Size: 'M' }, status: 'active' as const };
    const variants = [
      { ...variant, id: '1', priceMinor: 500, stock: 0 },
      { ...variant, id: '2', priceMinor: 900, stock: 2 },
    ];
    const { offers } = JSON.parse(productJsonLd({ ...product, currency: 'JPY', variants }, place));
    expect(offers).to.include({ '@type': 'AggregateOffer', lowPrice: '500', highPrice: '900', offerCount: 2 });
    expect(offers.availability).to.equal('https://schema.org/InStock');
  });
});
