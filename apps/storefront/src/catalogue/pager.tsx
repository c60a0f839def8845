import { buttonClass } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link, useLocation } from 'react-router';
import { nextTrail, previousPage, readTrail } from './cursor-trail.ts';
import css from './list.module.css';
import { changed, type ListState, listSearch } from './list-state.ts';

/** Links to the next page and the one before. The API gives out cursors forward only, so the history keeps those before. */
export function Pager({ state, nextCursor }: { state: ListState; nextCursor: string | null }) {
  const intl = useIntl();
  const location = useLocation();
  const trail = readTrail(location.state);
  const previous = previousPage(trail);
  const search = (cursor: string | undefined) => ({ search: listSearch(changed(state, { cursor })) });
  if (nextCursor === null && state.cursor === undefined) return null;
  return (
    <nav aria-label={intl.formatMessage({ id: 'catalogue.pager' })} className={css['pager']}>
      {previous !== undefined && (
        <Link
          to={search(previous.cursor)}
          state={{ trail: previous.trail, isPaged: true }}
          rel="prev"
          className={buttonClass('secondary')}
        >
          {intl.formatMessage({ id: 'catalogue.pager.previous' })}
        </Link>
      )}
      {previous === undefined && state.cursor !== undefined && (
        <Link to={search(undefined)} state={{ isPaged: true }} className={buttonClass('secondary')}>
          {intl.formatMessage({ id: 'catalogue.pager.first' })}
        </Link>
      )}
      {nextCursor !== null && (
        <Link
          to={search(nextCursor)}
          state={{ trail: nextTrail(trail, state.cursor), isPaged: true }}
          rel="next"
          className={buttonClass('secondary')}
        >
          {intl.formatMessage({ id: 'catalogue.pager.next' })}
        </Link>
      )}
    </nav>
  );
}
