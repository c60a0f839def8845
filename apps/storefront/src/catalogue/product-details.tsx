import type { components } from '@florin/client';
import { PageHeading, PageMeta } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link, useSearchParams } from 'react-router';
import { AddToCart } from '../cart/index.ts';
import { Attributes } from './attributes.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { firstVariant } from './choose-variant.ts';
import { DeliveryFacts } from './delivery-facts.tsx';
import { Gallery } from './gallery.tsx';
import { metaDescription } from './meta-description.ts';
import { OptionPicker } from './option-picker.tsx';
import css from './product.module.css';
import { productJsonLd } from './product-json-ld.ts';
import { productPath } from './product-path.ts';
import { ProductPrice } from './product-price.tsx';
import { Stock } from './stock.tsx';
import { useCategories } from './use-categories.ts';

type Props = { product: components['schemas']['Product'] };

/** All of a product. The chosen variant is in the address. */
export function ProductDetails({ product }: Props) {
  const { name, brand, description, variants = [], options = [], categoryId, tags } = product;
  const { data: categories } = useCategories();
  const [parameters, setParameters] = useSearchParams();
  const variant = firstVariant(variants, parameters.get('variant'));
  const sold = variant ?? product;
  const path = productPath(product);
  const category = categories?.byId.get(categoryId);
  const choose = (id: string) => setParameters({ variant: id }, { replace: true, preventScrollReset: true });
  return (
    <div className={css['page']}>
      <PageMeta description={metaDescription(description || name)} path={path} />
      <script type="application/ld+json">{productJsonLd(product, { origin: location.origin, path })}</script>
      <div className={css['crumbs']}>
        <Breadcrumb above={category === undefined ? [] : [...category.above, category]} />
      </div>
      <div className={css['columns']}>
        <Gallery images={variant !== undefined && variant.images.length > 0 ? variant.images : product.images} name={name} />
        <div className={css['info']}>
          {brand !== null && (
            <p className={css['brand']}>
              <Link to={`/search?${new URLSearchParams({ brand })}`}>
                <bdi>{brand}</bdi>
              </Link>
            </p>
          )}
          <PageHeading title={name}>
            <bdi>{name}</bdi>
          </PageHeading>
          <ProductPrice sold={sold} currency={product.currency} taxRatePercent={product.taxRatePercent} />
          {variant !== undefined && <OptionPicker options={options} variants={variants} chosen={variant} onChoose={choose} />}
          <div aria-live="polite">
            <Stock stock={sold.stock} />
          </div>
          {sold.stock > 0 && <AddToCart key={sold.id} productId={sold.id} maxQuantity={sold.stock} />}
          <DeliveryFacts currency={product.currency} />
          {description !== '' && (
            <p className={css['description']} dir="auto">
              {description}
            </p>
          )}
          <Attributes product={product} sku={sold.sku} weightGrams={sold.weightGrams ?? product.weightGrams} />
          <Tags tags={tags} />
        </div>
      </div>
    </div>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  const intl = useIntl();
  if (tags.length === 0) return null;
  return (
    <section className={css['part']}>
      <h2>{intl.formatMessage({ id: 'catalogue.product.tags' })}</h2>
      <ul className={css['tags']}>
        {tags.map((tag) => (
          <li key={tag}>
            <Link to={`/search?${new URLSearchParams({ tag })}`}>
              <bdi>{tag}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
