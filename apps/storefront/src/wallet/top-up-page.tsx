import { buttonClass, Notice, PageHeading, ProblemNotice, Skeleton } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link, useSearchParams } from 'react-router';
import { useShop } from '../catalogue/index.ts';
import { nextPath } from '../session/index.ts';
import { TopUpForm } from './top-up-form.tsx';
import { TopUpStatus } from './top-up-status.tsx';
import css from './wallet.module.css';

export function Page() {
  const intl = useIntl();
  const [parameters, setParameters] = useSearchParams();
  const { data: shop, error, refetch } = useShop();
  const id = parameters.get('id');
  const asked = parameters.get('next');
  const next = asked === null ? undefined : nextPath(asked);
  // Replaced: "back" leads to where the user came from, not to a form that was sent.
  const show = (topUpId: string | undefined) =>
    setParameters({ ...(topUpId && { id: topUpId }), ...(next && { next }) }, { replace: true });
  return (
    <div className={css['narrow']}>
      <PageHeading title={intl.formatMessage({ id: 'wallet.topUpTitle' })} />
      {id !== null && <TopUpStatus key={id} id={id} next={next} onAgain={() => show(undefined)} />}
      {id === null && shop === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {id === null && shop === undefined && error === null && <Skeleton lines={4} />}
      {id === null && shop?.hasTopUps === false && (
        <Notice tone="info">
          <p>{intl.formatMessage({ id: 'wallet.noTopUps' })}</p>
          <Link to="/wallet" className={buttonClass()}>
            {intl.formatMessage({ id: 'wallet.toWallet' })}
          </Link>
        </Notice>
      )}
      {id === null && shop?.hasTopUps === true && (
        <TopUpForm shop={shop} wantedMinor={wantedMinor(parameters.get('amountMinor'))} onSent={show} />
      )}
    </div>
  );
}

/** The amount of a link to this page; undefined if it is none. */
function wantedMinor(text: string | null): number | undefined {
  const amountMinor = Number(text);
  return Number.isSafeInteger(amountMinor) && amountMinor > 0 ? amountMinor : undefined;
}
