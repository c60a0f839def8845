import { buttonClass, PageHeading } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './shell.module.css';

/** Says that a page does not exist. */
export function NotFound() {
  const intl = useIntl();
  return (
    <div className={css['stack']}>
      <PageHeading title={intl.formatMessage({ id: 'shell.notFound' })} />
      <p>{intl.formatMessage({ id: 'shell.notFoundHelp' })}</p>
      <p>
        <Link to="/" className={buttonClass('primary')}>
          {intl.formatMessage({ id: 'shell.toShop' })}
        </Link>
      </p>
    </div>
  );
}
