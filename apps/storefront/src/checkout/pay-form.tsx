import { Button, Dialog, moneyText, ProblemNotice } from '@florin/ui';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { isBuyable, type OrderProblem, wholeProblems } from '../cart/cart-problems.ts';
import { Problems } from '../cart/problem-words.tsx';
import type { Cart } from '../cart/read-cart.ts';
import { useUser } from '../session/index.ts';
import { useWallet } from '../wallet/index.ts';
import { addressOf, missingFields } from './address-draft.ts';
import { AddressFields } from './address-fields.tsx';
import type { Address } from './attempt.ts';
import { Balance } from './balance.tsx';
import css from './checkout.module.css';
import { DeliveryChoice } from './delivery-choice.tsx';
import type { Method } from './delivery-options.ts';
import { OrderSummary } from './order-summary.tsx';
import { PayProblem } from './pay-problem.tsx';
import { payRefusal } from './pay-refusal.ts';
import { useCheckoutForm } from './use-checkout-form.ts';
import { useQuote } from './use-order-facts.ts';
import type { usePay } from './use-pay.ts';

type Props = {
  cart: Cart;
  methods: readonly Method[];
  lastAddress: Address | null | undefined;
  payment: ReturnType<typeof usePay>;
};

// Few buyers see them.
const DeclineNotice = lazy(async () => ({ default: (await import('../order-parts/decline-notice.tsx')).DeclineNotice }));
const TotalChanged = lazy(async () => ({ default: (await import('./total-changed.tsx')).TotalChanged }));

/** Address, delivery and payment of the cart, as one form. */
export function PayForm({ cart, methods, lastAddress, payment: { pay, isPending, error, reset, variables } }: Props) {
  const intl = useIntl();
  const user = useUser();
  const form = useCheckoutForm({ userId: user.id, methods, currency: cart.currency, lastAddress });
  const { data: wallet } = useWallet();
  const quote = useQuote({ version: cart.version, methodId: form.method?.id, country: form.address.country });
  const place = useRef<HTMLFormElement>(null);
  const [focuses, setFocuses] = useState(0);
  const refusal = payRefusal(error);
  const text = (id: string, values?: Record<string, string>) => intl.formatMessage({ id: `checkout.${id}` }, values);
  const needsDelivery = methods.some(({ currency }) => currency === cart.currency);
  const order = quote.data ?? cart;
  const declineCode = refusal.kind === 'declined' ? refusal.code : quote.data?.declineCode;
  const canPay = quote.data !== undefined && isBuyable(quote.data.problems) && (!needsDelivery || form.method !== undefined);

  useEffect(() => {
    if (focuses > 0) place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [focuses]);
  const { refuse } = form;
  useEffect(() => {
    const now = payRefusal(error);
    if (now.kind !== 'fields') return;
    refuse(now.fields);
    setFocuses((count) => count + 1);
  }, [error, refuse]);

  const send = (expectedTotalMinor: number) => {
    const { method } = form;
    const delivery = method === undefined ? {} : { delivery: { methodId: method.id, address: addressOf(form.address) } };
    pay({ expectedTotalMinor, ...delivery });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isPending || !canPay || quote.data === undefined) return;
    const missing = needsDelivery ? missingFields(form.address) : [];
    if (missing.length === 0) return send(quote.data.totalMinor);
    form.touch(missing);
    setFocuses((count) => count + 1);
  };

  return (
    <div className={css['columns']}>
      <form ref={place} noValidate onSubmit={submit} className={css['page']} aria-label={text('title')}>
        <p className={css['soft']}>{text('signedInAs', { email: user.email })}</p>
        {needsDelivery && (
          <section className={css['step']}>
            <h2>{text('delivery')}</h2>
            <AddressFields form={form} />
            <DeliveryChoice form={form} itemsMinor={order.subtotalMinor - order.discountMinor} />
          </section>
        )}
        <section className={css['step']}>
          <h2>{text('payment')}</h2>
          <p>{text('byWallet')}</p>
          <Balance totalMinor={order.totalMinor} currency={order.currency} isCovered={declineCode === undefined} />
          {declineCode !== undefined && (
            <Suspense>
              <DeclineNotice
                code={declineCode}
                totalMinor={order.totalMinor}
                currency={order.currency}
                wallet={wallet}
                backTo="/checkout"
              />
            </Suspense>
          )}
          <PayProblem error={error} />
          {quote.error !== null && <ProblemNotice error={quote.error} onRetry={() => void quote.refetch()} />}
          <OrderProblems problems={quote.data?.problems ?? []} currency={order.currency} />
          {canPay && declineCode === undefined && (
            <Button type="submit" variant="primary" isBusy={isPending} className={css['pay'] ?? ''}>
              {text('pay', { total: moneyText(order.totalMinor, order.currency, intl.locale) })}
            </Button>
          )}
          <p role="status" className={css['soft']}>
            {text(isPending ? 'paying' : 'payHelp')}
          </p>
        </section>
      </form>
      <OrderSummary order={order} cart={cart} hasDelivery={!needsDelivery || quote.data !== undefined} />
      <Dialog title={text('totalChanged')} isOpen={refusal.kind === 'totalChanged'} onClose={reset}>
        {refusal.kind === 'totalChanged' && (
          <Suspense>
            <TotalChanged
              from={variables?.expectedTotalMinor ?? order.totalMinor}
              to={refusal.totalMinor}
              currency={cart.currency}
              onPay={() => send(refusal.totalMinor)}
              onClose={reset}
            />
          </Suspense>
        )}
      </Dialog>
    </div>
  );
}

/** What prevents the payment. A wallet that is being opened passes by itself; the rest is changed in the cart. */
function OrderProblems({ problems, currency }: { problems: readonly OrderProblem[]; currency: string }) {
  const intl = useIntl();
  const isOfCart = problems.some(({ severity, code }) => severity === 'error' && !ofCheckout.includes(code));
  return (
    <>
      <div role="status">
        <Problems problems={wholeProblems(problems)} currency={currency} />
      </div>
      {isOfCart && (
        <p className={css['bad']} role="alert">
          {intl.formatMessage({ id: 'checkout.mendCart' })} <Link to="/cart">{intl.formatMessage({ id: 'cart.toCart' })}</Link>
        </p>
      )}
    </>
  );
}

const ofCheckout: readonly string[] = ['WALLET_NOT_READY', 'DELIVERY_NOT_AVAILABLE'];
