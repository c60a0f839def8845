import { useId } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate, useSearchParams } from 'react-router';
import css from './shell.module.css';

/** Searches the catalogue. */
export function SearchForm() {
  const intl = useIntl();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const asked = parameters.get('q') ?? '';
  const id = useId();
  const search = (form: FormData) => {
    const q = form.get('q');
    if (typeof q === 'string') return navigate(`/search?${new URLSearchParams({ q: q.trim() })}`);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> has no such role in Chromium's older versions
    <form role="search" action={search} className={css['search']}>
      <label htmlFor={id} className={css['hidden']}>
        {intl.formatMessage({ id: 'shell.search' })}
      </label>
      <input
        key={asked}
        id={id}
        name="q"
        type="search"
        defaultValue={asked}
        maxLength={100}
        required
        enterKeyHint="search"
        placeholder={intl.formatMessage({ id: 'shell.search' })}
      />
    </form>
  );
}
