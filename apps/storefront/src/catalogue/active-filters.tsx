import { moneyText } from '@florin/ui';
import { type IntlShape, useIntl } from 'react-intl';
import { Link } from 'react-router';
import type { CategoryIndex } from './category-index.ts';
import { type ActiveFilter, activeFilters } from './find-active-filters.ts';
import css from './list.module.css';
import { type ListState, listSearch, withoutFilters } from './list-state.ts';
import { useCategories } from './use-categories.ts';
import { useShop } from './use-shop.ts';

/** Chips of the filters that are on: each removes its own. */
export function ActiveFilters({ state }: { state: ListState }) {
  const intl = useIntl();
  const { data: categories } = useCategories();
  const { data: shop } = useShop();
  const filters = activeFilters(state);
  if (filters.length === 0) return null;
  return (
    <ul aria-label={intl.formatMessage({ id: 'catalogue.filter.active' })} className={css['chips']}>
      {filters.map((filter) => (
        <li key={filter.kind}>
          <Link to={{ search: listSearch(filter.without) }} className={css['chip']}>
            <span className={css['hidden']}>{intl.formatMessage({ id: 'catalogue.filter.remove' })}</span>
            <bdi>{filterText(filter, intl, { categories, currency: shop?.currency })}</bdi>
            <span aria-hidden="true">×</span>
          </Link>
        </li>
      ))}
      <li>
        <Link to={{ search: listSearch(withoutFilters(state)) }} className={css['clear']}>
          {intl.formatMessage({ id: 'catalogue.filter.clearAll' })}
        </Link>
      </li>
    </ul>
  );
}

type Facts = { categories: CategoryIndex | undefined; currency: string | undefined };

function filterText(filter: ActiveFilter, intl: IntlShape, { categories, currency }: Facts): string {
  switch (filter.kind) {
    case 'brand':
    case 'tag':
      return filter.value;
    case 'category':
      return categories?.byId.get(filter.id)?.name ?? intl.formatMessage({ id: 'catalogue.filter.category' });
    case 'price':
      return currency === undefined ? intl.formatMessage({ id: 'catalogue.filter.price' }) : priceText(filter, intl, currency);
    case 'inStock':
      return intl.formatMessage({ id: 'catalogue.filter.inStock' });
    case 'withinLimit':
      return intl.formatMessage({ id: 'catalogue.filter.withinLimit' });
  }
}

type Range = { minPriceMinor: number | undefined; maxPriceMinor: number | undefined };

/** A price range in words. */
export function priceText({ minPriceMinor, maxPriceMinor }: Range, intl: IntlShape, currency: string): string {
  const text = (minor: number | undefined) => (minor === undefined ? '' : moneyText(minor, currency, intl.locale));
  const [min, max] = [text(minPriceMinor), text(maxPriceMinor)];
  if (max === '') return intl.formatMessage({ id: 'catalogue.filter.priceFrom' }, { min });
  if (min === '') return intl.formatMessage({ id: 'catalogue.filter.priceTo' }, { max });
  return intl.formatMessage({ id: 'catalogue.filter.priceRange' }, { min, max });
}
