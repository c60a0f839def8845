import type { components } from '@florin/client';
import { useChosen } from '@florin/ui';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../session/index.ts';
import { priceText } from './active-filters.tsx';
import type { CategoryNode } from './category-index.ts';
import css from './list.module.css';
import { changed, type ListState, listSearch } from './list-state.ts';
import { PriceForm } from './price-form.tsx';
import { useCategories } from './use-categories.ts';
import { useShop } from './use-shop.ts';

type Facets = components['schemas']['ProductFacets'];
type Props = { state: ListState; category: CategoryNode | undefined; facets: Facets };

/** The filters of a list, with the number of products that each would show. */
export function Filters({ state, category, facets }: Props) {
  const intl = useIntl();
  const { status } = useSession();
  return (
    <div className={css['filters']}>
      <Group title={intl.formatMessage({ id: 'catalogue.filter.availability' })}>
        <Switch state={state} name="inStock" />
        {status === 'signedIn' && <Switch state={state} name="withinLimit" />}
      </Group>
      <CategoryFacet state={state} category={category} facets={facets} />
      <PriceFacet state={state} facets={facets} />
      <ValueFacet state={state} name="brand" values={facets.brand ?? []} />
      <ValueFacet state={state} name="tag" values={facets.tag ?? []} />
      {facets.capped && <p className={css['note']}>{intl.formatMessage({ id: 'catalogue.filter.capped' })}</p>}
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css['group']}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Switch({ state, name }: { state: ListState; name: 'inStock' | 'withinLimit' }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const [isOn, set] = useChosen(state[name] === true, (next) => {
    void navigate({ search: listSearch(changed(state, { [name]: next || undefined })) });
  });
  return (
    <label className={css['switch']}>
      <input type="checkbox" checked={isOn} onChange={(event) => set(event.target.checked)} />
      {intl.formatMessage({ id: `catalogue.filter.${name}` })}
    </label>
  );
}

type Option = { key: string; text: string; count: number; isChosen: boolean; to: ListState };

function Options({ options }: { options: readonly Option[] }) {
  const intl = useIntl();
  return (
    <ul className={css['options']}>
      {options.map(({ key, text, count, isChosen, to }) => (
        <li key={key}>
          <Link to={{ search: listSearch(to) }} rel="nofollow" aria-current={isChosen} className={css['option']}>
            <bdi>{text}</bdi>{' '}
            <span className={css['facetCount']}>
              <span aria-hidden="true">{intl.formatNumber(count)}</span>
              <span className={css['hidden']}>{intl.formatMessage({ id: 'catalogue.filter.products' }, { count })}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

type ValueProps = { state: ListState; name: 'brand' | 'tag'; values: readonly components['schemas']['FacetValue'][] };

function ValueFacet({ state, name, values }: ValueProps) {
  const intl = useIntl();
  if (values.length === 0) return null;
  const options = values.map(({ value, count }) => {
    const isChosen = state[name] === value;
    return { key: value, text: value, count, isChosen, to: changed(state, { [name]: isChosen ? undefined : value }) };
  });
  return (
    <Group title={intl.formatMessage({ id: `catalogue.filter.${name}` })}>
      <Options options={options} />
    </Group>
  );
}

function CategoryFacet({ state, category, facets }: Props) {
  const intl = useIntl();
  const { data: index } = useCategories();
  const options = (facets.category ?? []).flatMap(({ categoryId, count }) => {
    const node = index?.byId.get(categoryId);
    if (node === undefined || node.id === category?.id) return [];
    const isChosen = state.category === categoryId;
    const to = changed(state, { category: isChosen ? undefined : categoryId });
    return [{ key: categoryId, text: node.name, count, isChosen, to }];
  });
  // The facet leaves out its own filter, and so the category of the page too: that page lists its subcategories above.
  if (category !== undefined || options.length === 0) return null;
  return (
    <Group title={intl.formatMessage({ id: 'catalogue.filter.category' })}>
      <Options options={options} />
    </Group>
  );
}

function PriceFacet({ state, facets }: { state: ListState; facets: Facets }) {
  const intl = useIntl();
  const { data: shop } = useShop();
  if (shop === undefined) return null;
  const options = (facets.price ?? []).map(({ minPriceMinor, maxPriceMinor, count }) => {
    const isChosen = state.minPriceMinor === minPriceMinor && state.maxPriceMinor === maxPriceMinor;
    const range = isChosen ? { minPriceMinor: undefined, maxPriceMinor: undefined } : { minPriceMinor, maxPriceMinor };
    const text = priceText({ minPriceMinor, maxPriceMinor }, intl, shop.currency);
    return { key: String(minPriceMinor), text, count, isChosen, to: changed(state, range) };
  });
  return (
    <Group title={intl.formatMessage({ id: 'catalogue.filter.price' })}>
      <Options options={options} />
      <PriceForm key={`${state.minPriceMinor}-${state.maxPriceMinor}`} state={state} shop={shop} />
    </Group>
  );
}
