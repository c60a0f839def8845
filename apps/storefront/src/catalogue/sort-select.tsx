import { useChosen } from '@florin/ui';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router';
import css from './list.module.css';
import { changed, type ListState, listSearch, sorts } from './list-state.ts';

/** The order of a list. Best match is offered for searches alone. */
export function SortSelect({ state }: { state: ListState }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const id = useId();
  const offered = sorts.filter((sort) => sort !== 'relevance' || state.q !== '');
  const current = state.sort !== undefined && offered.includes(state.sort) ? state.sort : offered[0];
  const [chosen, choose] = useChosen(current, (sort) => {
    void navigate({ search: listSearch(changed(state, { sort })) });
  });
  return (
    <div className={css['sort']}>
      <label htmlFor={id}>{intl.formatMessage({ id: 'catalogue.list.sort' })}</label>
      <select id={id} value={chosen} onChange={({ target }) => choose(offered.find((sort) => sort === target.value))}>
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {intl.formatMessage({ id: `catalogue.sort.${sort}` })}
          </option>
        ))}
      </select>
    </div>
  );
}
