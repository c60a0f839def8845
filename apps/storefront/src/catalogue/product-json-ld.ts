import type { components } from '@florin/client';
import { decimalText } from '@florin/ui/money-text';

type Product = components['schemas']['Product'];
type Place = { /** Of the page: `https://shop.example`. */ origin: string /** Of the product. */; path: string };

/**
 * Describes a product to search engines (schema.org/Product) as the text of a script element. `<` is escaped, so that no name
 * can end the element.
 */
export function productJsonLd(product: Product, { origin, path }: Place): string {
  const { name, description, brand, sku, barcode, images } = product;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name,
    url: origin + path,
    ...(description !== '' && { description }),
    ...(images.length > 0 && { image: images.map(({ url }) => new URL(url, origin).href) }),
    ...(brand !== null && { brand: { '@type': 'Brand', name: brand } }),
    ...(sku !== null && { sku }),
    ...(barcode !== null && { gtin: barcode }),
    offers: offersOf(product, origin + path),
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function offersOf({ priceMinor, currency, stock, variants = [] }: Product, url: string) {
  const sold = variants.length > 0 ? variants : [{ priceMinor, stock }];
  const prices = sold.map((variant) => variant.priceMinor);
  const common = {
    url,
    priceCurrency: currency,
    availability: `https://schema.org/${sold.some((variant) => variant.stock > 0) ? 'InStock' : 'OutOfStock'}`,
  };
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)].map((minor) => decimalOf(minor, currency));
  if (sold.length === 1) return { '@type': 'Offer', ...common, price: lowest };
  return { '@type': 'AggregateOffer', ...common, lowPrice: lowest, highPrice: highest, offerCount: sold.length };
}

function decimalOf(minor: number, currency: string): string {
  const { maximumFractionDigits = 0 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return decimalText(minor, maximumFractionDigits);
}
