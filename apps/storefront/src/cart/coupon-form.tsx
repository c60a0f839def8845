import { Button, Field, ProblemNotice } from '@florin/ui';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import css from './cart.module.css';
import { couponProblem, type OrderProblem } from './cart-problems.ts';
import { useSetCoupon } from './use-change-cart.ts';

type Props = { /** The coupon that applies. */ code: string | undefined; problems: readonly OrderProblem[] };

/** Sets and removes the coupon of the user's cart. Says beside the field why a code does not apply. */
export function CouponForm({ code, problems }: Props) {
  const intl = useIntl();
  const place = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const { mutate, isPending, error, data } = useSetCoupon();
  const text = (id: string) => intl.formatMessage({ id: `cart.${id}` });
  const lapsed = couponProblem(problems);
  const reason = lapsed ?? data?.reason;
  const apply = () => {
    if (typed.trim() === '') place.current?.querySelector('input')?.focus();
    else mutate(typed.trim());
  };
  if (code !== undefined)
    return (
      <p className={css['coupon']} role="status">
        {intl.formatMessage({ id: 'cart.couponUsed' }, { code })}{' '}
        <Button variant="quiet" isBusy={isPending} onClick={() => mutate(null)}>
          {text('couponRemove')}
        </Button>
      </p>
    );
  return (
    <form noValidate action={isPending ? undefined : apply} className={css['couponForm']}>
      <div ref={place}>
        <Field
          label={text('coupon')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={100}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={reason && intl.formatMessage({ id: reason })}
        />
      </div>
      <Button type="submit" isBusy={isPending}>
        {text('couponApply')}
      </Button>
      {lapsed !== undefined && (
        <Button variant="quiet" isBusy={isPending} onClick={() => mutate(null)}>
          {text('couponRemove')}
        </Button>
      )}
      {error !== null && <ProblemNotice error={error} onRetry={apply} />}
    </form>
  );
}
