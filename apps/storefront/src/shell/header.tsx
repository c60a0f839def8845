import { useIntl } from 'react-intl';
import { Link, NavLink } from 'react-router';
import { CartLink } from '../cart/index.ts';
import { CategoriesMenu } from '../catalogue/index.ts';
import { useSession } from '../session/index.ts';
import { SearchForm } from './search-form.tsx';
import css from './shell.module.css';

/** The header of all pages. */
export function Header() {
  const intl = useIntl();
  const { status } = useSession();
  return (
    <header className={css['header']}>
      <div className={css['bar']}>
        <Link to="/" className={css['logo']}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          Florin
        </Link>
        <CategoriesMenu />
        <SearchForm />
        <nav aria-label={intl.formatMessage({ id: 'shell.navigation' })} className={css['nav']}>
          {status === 'signedIn' && (
            <>
              <NavLink to="/orders">{intl.formatMessage({ id: 'shell.orders' })}</NavLink>
              <NavLink to="/wallet">{intl.formatMessage({ id: 'shell.wallet' })}</NavLink>
              <NavLink to="/account">{intl.formatMessage({ id: 'shell.account' })}</NavLink>
            </>
          )}
          {(status === 'guest' || status === 'ended') && (
            <NavLink to="/sign-in">{intl.formatMessage({ id: 'shell.signIn' })}</NavLink>
          )}
          <CartLink />
        </nav>
      </div>
    </header>
  );
}
