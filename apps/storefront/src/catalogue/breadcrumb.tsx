import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './list.module.css';

type Props = {
  above: readonly { path: string; name: string }[];
  /** The page itself. */
  here?: string | undefined;
};

/** The way from the shop's first page to this one. */
export function Breadcrumb({ above, here }: Props) {
  const intl = useIntl();
  const steps = [{ path: '/', name: intl.formatMessage({ id: 'catalogue.breadcrumb.home' }) }, ...above];
  return (
    <nav aria-label={intl.formatMessage({ id: 'catalogue.breadcrumb' })} className={css['breadcrumb']}>
      <ol>
        {steps.map(({ path, name }) => (
          <li key={path}>
            <Link to={path}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
        {here !== undefined && (
          <li aria-current="page">
            <bdi>{here}</bdi>
          </li>
        )}
      </ol>
    </nav>
  );
}
