import type { components } from '@florin/client';
import { Money, moneyText } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './card.module.css';
import { Picture } from './picture.tsx';
import { productPath } from './product-path.ts';
import { savingPercent } from './saving.ts';
import { Stock } from './stock.tsx';

type Product = components['schemas']['Product'];
type Props = { product: Product; headingLevel: 2 | 3; isFirst: boolean };

const SIZES = '(min-width: 48em) 14rem, 45vw';

/** A product in a list: the whole card leads to its page. */
export function ProductCard({ product, headingLevel, isFirst }: Props) {
  const { name, images, stock } = product;
  const Heading = `h${headingLevel}` as const;
  return (
    <article className={css['card']}>
      <div className={css['picture']}>
        <Picture image={images[0]} sizes={SIZES} isFirst={isFirst} />
        <Saving product={product} />
      </div>
      <div className={css['text']}>
        <Heading className={css['name']}>
          <Link to={productPath(product)}>
            <bdi title={name}>{name}</bdi>
          </Link>
        </Heading>
        <Price product={product} />
        <Stock stock={stock} />
      </div>
    </article>
  );
}

function Saving({ product }: { product: Product }) {
  const intl = useIntl();
  const percent = savingPercent(product);
  if (percent === undefined) return null;
  const text = intl.formatNumber(percent / 100, { style: 'percent' });
  return <span className={css['saving']}>{intl.formatMessage({ id: 'catalogue.card.saving' }, { percent: text })}</span>;
}

function Price({ product: { priceMinor, compareAtPriceMinor, currency, variantId } }: { product: Product }) {
  const intl = useIntl();
  return (
    <p className={css['price']}>
      <span className={css['hidden']}>{intl.formatMessage({ id: 'catalogue.card.price' })}</span>
      {variantId === undefined ? (
        <Money minor={priceMinor} currency={currency} />
      ) : (
        <span className={css['money']}>
          {intl.formatMessage({ id: 'catalogue.card.from' }, { price: moneyText(priceMinor, currency, intl.locale) })}
        </span>
      )}
      {compareAtPriceMinor !== null && (
        <>
          <span className={css['hidden']}>{intl.formatMessage({ id: 'catalogue.card.formerPrice' })}</span>
          <s>
            <Money minor={compareAtPriceMinor} currency={currency} />
          </s>
        </>
      )}
    </p>
  );
}
