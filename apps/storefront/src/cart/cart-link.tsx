import { useIntl } from 'react-intl';
import { NavLink } from 'react-router';
import css from './cart.module.css';
import { useCartUnits } from './use-cart.ts';

/** The link to the cart, with the number of units in it. Its name for screen readers has the number too. */
export function CartLink() {
  const intl = useIntl();
  const units = useCartUnits() ?? 0;
  return (
    <NavLink to="/cart" className={css['cartLink'] ?? ''}>
      {intl.formatMessage({ id: 'shell.cart' })}
      {units > 0 && (
        <>
          <span aria-hidden="true" className={css['count']}>
            {intl.formatNumber(units)}
          </span>
          <span className={css['hidden']}>{intl.formatMessage({ id: 'shell.units' }, { units })}</span>
        </>
      )}
    </NavLink>
  );
}
