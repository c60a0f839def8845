import { Button, Notice } from '@florin/ui';
import { useIntl } from 'react-intl';
import { useLeftOut } from './use-cart.ts';

/** Tells what a merge or a reorder could not put into the cart. */
export function LeftOutNotice() {
  const intl = useIntl();
  const { leftOut, dismiss } = useLeftOut();
  if (leftOut.length === 0) return null;
  const isFull = leftOut.some(({ code }) => code === 'CART_FULL');
  return (
    <Notice tone="warn" isLive>
      <p>{intl.formatMessage({ id: isFull ? 'cart.leftOutFull' : 'cart.leftOut' }, { count: leftOut.length })}</p>
      <Button onClick={dismiss}>{intl.formatMessage({ id: 'cart.dismiss' })}</Button>
    </Notice>
  );
}
