import type { Purchase } from '@florin/client';
import { buttonClass, Status, Time, useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useShop } from '../catalogue/index.ts';
import { claimStatusWords } from '../claims/index.ts';
import { claimWindow } from './claim-window.ts';
import css from './orders.module.css';
import { useTimeline } from './use-order.ts';

const MAX_CLAIMS = 100;

/** The claims of a delivered order, and until when the buyer can open one. */
export function OrderClaims({ order }: { order: Purchase }) {
  const intl = useIntl();
  const florin = useFlorin();
  const { data: claims = [] } = useQuery({
    queryKey: ['claims', 'of', order.id],
    queryFn: async ({ signal }) => {
      const query = { purchaseId: order.id, limit: MAX_CLAIMS };
      return (await florin.get('/v1/claims', { params: { query }, signal })).data;
    },
  });
  const window = useClaimWindow(order);
  const text = (id: string) => intl.formatMessage({ id: `orders.${id}` });
  return (
    <section className={`${css['panel']} ${css['noPrint']}`}>
      <h2>{text('problemWithOrder')}</h2>
      {claims.map(({ id, status, createdAt }) => {
        const words = claimStatusWords(status);
        return (
          <p key={id} className={css['statusRow']}>
            <Link to={`/claims/${id}`}>
              {text('claimOf')} <Time at={createdAt} precision="day" />
            </Link>
            <Status tone={words.tone}>{intl.formatMessage({ id: words.id })}</Status>
          </p>
        );
      })}
      {window?.isOver === false && (
        <>
          <p className={css['soft']}>
            {text('claimUntil')} <Time at={window.until} precision="day" />
          </p>
          <p>
            <Link to={`/orders/${order.number ?? order.id}/claim`} className={buttonClass()}>
              {text('claim')}
            </Link>
          </p>
        </>
      )}
      {window?.isOver === true && (
        <p className={css['soft']}>
          {text('claimOver')} <Time at={window.until} precision="day" />
        </p>
      )}
    </section>
  );
}

/** Undefined while unknown, and for orders that are not delivered. */
export function useClaimWindow(order: Purchase) {
  const claimDays = useShop().data?.claimDays;
  const { data: steps } = useTimeline(order.id, order.version);
  const deliveredAt = steps?.find(({ type }) => type === 'purchase-delivered')?.at;
  if (claimDays === undefined || deliveredAt === undefined) return undefined;
  return claimWindow({ deliveredAt, claimDays, now: Date.now() });
}
