import { Button, Money, ProblemNotice } from '@florin/ui';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { ItemSummary } from '../order-parts/index.ts';
import css from './cart.module.css';
import { parseQuantity } from './cart-items.ts';
import { itemProblems, type OrderProblem } from './cart-problems.ts';
import { MAX_UNITS } from './guest-cart.ts';
import { Problems } from './problem-words.tsx';
import { QuantityField } from './quantity-field.tsx';
import { useSetQuantity } from './use-change-cart.ts';

export type CartLineItem = {
  productId: string;
  name: string;
  quantity: number;
  unitPriceMinor: number;
  currency: string;
  isInTotal: boolean;
  optionValues?: Record<string, unknown>;
};

type Props = { item: CartLineItem; problems: readonly OrderProblem[]; onRemove(item: CartLineItem): void };

/** Clicks on "one more" become one request. */
const SEND_AFTER_MS = 400;

/** An item of the cart, with what is wrong with it. */
export function CartLine({ item, problems, onRemove }: Props) {
  const intl = useIntl();
  const { productId, name, unitPriceMinor, currency } = item;
  const { text, setText, quantity, error } = useQuantity(item);
  return (
    <li className={css['line']}>
      <ItemSummary item={item}>
        <span className={css['soft']}>
          <Money minor={unitPriceMinor} currency={currency} /> {intl.formatMessage({ id: 'cart.each' })}
        </span>
        <Problems problems={itemProblems(problems, productId)} currency={currency} />
      </ItemSummary>
      <div className={css['lineActions']}>
        <QuantityField
          of={name}
          value={text}
          max={MAX_UNITS}
          error={quantity === undefined ? intl.formatMessage({ id: 'cart.quantityFault' }, { max: MAX_UNITS }) : undefined}
          onChange={setText}
        />
        <Button
          variant="quiet"
          onClick={() => {
            setText(undefined);
            onRemove(item);
          }}
          aria-label={`${intl.formatMessage({ id: 'cart.remove' })}: ${name}`}
        >
          {intl.formatMessage({ id: 'cart.remove' })}
        </Button>
        <strong className={css['lineTotal']}>
          {item.isInTotal ? <Money minor={unitPriceMinor * item.quantity} currency={currency} /> : '–'}
        </strong>
      </div>
      {error !== null && <ProblemNotice error={error} />}
    </li>
  );
}

/** The typed quantity, which is sent when the reader pauses. */
function useQuantity({ productId, quantity: kept }: CartLineItem) {
  const [draft, setDraft] = useState<string>();
  const { mutate, error } = useSetQuantity();
  const text = draft ?? String(kept);
  const quantity = parseQuantity(text, MAX_UNITS);
  const unsent = useRef<{ productId: string; quantity: number }>(undefined);
  useEffect(() => {
    unsent.current = undefined;
    if (draft === undefined || quantity === undefined) return undefined;
    unsent.current = { productId, quantity };
    const done = () => setDraft((now) => (now === draft ? undefined : now));
    const timer = setTimeout(() => {
      unsent.current = undefined;
      mutate({ productId, quantity }, { onSettled: done });
    }, SEND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, quantity, productId, mutate]);
  // A buyer who goes on to the checkout at once pays for the typed quantity.
  useEffect(
    () => () => {
      if (unsent.current !== undefined) mutate(unsent.current);
    },
    [mutate],
  );
  return { text, setText: setDraft, quantity, error };
}
