import { Button, ProblemNotice } from '@florin/ui';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './cart.module.css';
import { CartFull, parseQuantity } from './cart-items.ts';
import { MAX_CART_ITEMS, MAX_UNITS } from './guest-cart.ts';
import { QuantityField } from './quantity-field.tsx';
import { useAddToCart } from './use-cart.ts';

type Props = {
  /** The product, or the chosen variant. */
  productId: string;
  /** Units that may be chosen at most, such as those in stock. */
  maxQuantity?: number;
};

/** Quantity and button that put a product into the cart. Says when it is there. */
export function AddToCart({ productId, maxQuantity = MAX_UNITS }: Props) {
  const intl = useIntl();
  const max = Math.max(1, Math.min(maxQuantity, MAX_UNITS));
  const [text, setText] = useState('1');
  const [isChecked, setChecked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { mutate, isPending, data: added, error, reset } = useAddedItem();
  const quantity = parseQuantity(text, max);
  const add = () => {
    setChecked(true);
    if (quantity === undefined) input.current?.focus();
    else mutate({ productId, quantity });
  };
  const change = (next: string) => {
    setText(next);
    reset();
  };
  return (
    <form noValidate action={isPending ? undefined : add} className={css['addToCart']}>
      <QuantityField
        value={text}
        max={max}
        inputRef={input}
        error={isChecked && quantity === undefined ? intl.formatMessage({ id: 'cart.quantityFault' }, { max }) : undefined}
        onChange={change}
        onBlur={() => setChecked(true)}
      />
      <Button type="submit" variant="primary" isBusy={isPending}>
        {intl.formatMessage({ id: 'cart.add' })}
      </Button>
      <div role="status" className={css['added']}>
        {added?.productId === productId && (
          <p>
            {intl.formatMessage({ id: 'cart.added' }, { quantity: added.quantity })}{' '}
            <Link to="/cart">{intl.formatMessage({ id: 'cart.toCart' })}</Link>
          </p>
        )}
      </div>
      {error instanceof CartFull && (
        <p role="alert" className={css['fieldError']}>
          {intl.formatMessage({ id: 'cart.full' }, { max: MAX_CART_ITEMS })}
        </p>
      )}
      {error !== null && !(error instanceof CartFull) && <ProblemNotice error={error} onRetry={add} />}
    </form>
  );
}

/** The mutation, whose data are the item that it has added. */
function useAddedItem() {
  const { data: _, variables, isSuccess, ...mutation } = useAddToCart();
  return { ...mutation, data: isSuccess ? variables : undefined };
}
