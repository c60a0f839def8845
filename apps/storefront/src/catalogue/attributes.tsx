import type { components } from '@florin/client';
import { useIntl } from 'react-intl';
import css from './product.module.css';

type Props = { product: components['schemas']['Product']; sku: string | null; weightGrams: number | null };

const GRAMS_OF_KILOGRAM = 1000;

/** The product's attributes, its number and its weight. */
export function Attributes({ product: { attributes, brand }, sku, weightGrams }: Props) {
  const intl = useIntl();
  const rows: [string, string][] = Object.entries(attributes);
  const add = (id: string, value: string | null) => {
    if (value !== null) rows.push([intl.formatMessage({ id }), value]);
  };
  add('catalogue.product.brand', brand);
  add(
    'catalogue.product.weight',
    weightGrams === null ? null : weightText(weightGrams, (n, unit) => intl.formatNumber(n, { style: 'unit', unit })),
  );
  add('catalogue.product.sku', sku);
  if (rows.length === 0) return null;
  return (
    <section className={css['part']}>
      <h2>{intl.formatMessage({ id: 'catalogue.product.details' })}</h2>
      <dl className={css['attributes']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function weightText(grams: number, format: (value: number, unit: string) => string): string {
  return grams < GRAMS_OF_KILOGRAM ? format(grams, 'gram') : format(grams / GRAMS_OF_KILOGRAM, 'kilogram');
}
