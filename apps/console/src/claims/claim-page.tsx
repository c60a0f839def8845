import { Money, Time } from '@florin/ui';
import { Alert } from '@mui/material';
import { useGetOne } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Claim, Purchase } from '../api/resources.ts';
import { Loading } from '../layout/loading.tsx';
import { FailedPage } from '../layout/message-pages.tsx';
import { Page } from '../layout/page.tsx';
import { Column, Columns, Facts, Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { optionsText } from '../orders/options-text.ts';
import { OrderLink } from '../orders/order-link.tsx';
import { OrderStatus, RefundStatus } from '../orders/order-status.tsx';
import { useSessionState } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { ClaimActions } from './claim-actions.tsx';
import { ClaimMessages } from './claim-messages.tsx';
import { ClaimPhotos } from './claim-photos.tsx';
import { ClaimStatus } from './claim-status.tsx';

const POLL_MS = 30_000;

/** One claim: what is wrong, what was said, and the decision. */
export function ClaimPage() {
  const { id = '' } = useParams();
  const text = useText();
  const { user } = useSessionState();
  const above = [{ label: text('claims.title'), to: '/claims' }];
  const { data: claim, error, refetch } = useGetOne<Claim>('claims', { id }, { refetchInterval: POLL_MS });
  const purchaseId = claim?.purchaseId ?? '';
  const { data: order } = useGetOne<Purchase>('purchases', { id: purchaseId }, { enabled: claim !== undefined });
  if (claim === undefined) {
    if (error) return <FailedPage title={text('claim.title')} error={error} onRetry={() => void refetch()} />;
    return (
      <Page title={text('claim.title')} above={above}>
        <Loading />
      </Page>
    );
  }
  const isMine = claim.userId === user?.id;
  return (
    <Page title={text('claim.title')} above={above} actions={order && !isMine && <ClaimActions claim={claim} order={order} />}>
      {isMine && <Alert severity="info">{text('claim.own')}</Alert>}
      <Columns>
        <Column>
          <ClaimedItems claim={claim} order={order} />
          <ClaimMessages claim={claim} />
        </Column>
        <Column>{claim.status !== 'open' && <Outcome claim={claim} order={order} />}</Column>
      </Columns>
    </Page>
  );
}

function ClaimedItems({ claim, order }: { claim: Claim; order: Purchase | undefined }) {
  const text = useText();
  const rows = claim.items.map(({ productId, quantity }) => ({
    id: productId,
    quantity,
    bought: order?.items.find((item) => item.productId === productId),
  }));
  return (
    <Section title={text('claim.what')}>
      <Facts
        facts={[
          [text('orders.status'), <ClaimStatus key="status" status={claim.status} />],
          [text('claims.reason'), text(`claimReason.${claim.reason}` as TextId)],
          [text('claims.opened'), <Time key="opened" at={claim.createdAt} />],
          [
            text('claims.order'),
            order && (
              <>
                <OrderLink order={order} /> <OrderStatus status={order.status} />
              </>
            ),
          ],
          [text('claim.text'), claim.text],
        ]}
      />
      <ClaimPhotos photos={claim.photos} />
      <RowTable
        label={text('claim.what')}
        rows={rows}
        columns={[
          {
            id: 'product',
            label: text('order.product'),
            render: ({ id, bought }) => (bought === undefined ? id : bought.name + optionsText(bought.optionValues)),
          },
          { id: 'units', label: text('claims.units'), align: 'end', render: ({ quantity }) => quantity },
          {
            id: 'price',
            label: text('order.unitPrice'),
            align: 'end',
            render: ({ bought }) => bought && order && <Money minor={bought.unitPriceMinor} currency={order.currency} />,
          },
        ]}
      />
    </Section>
  );
}

function Outcome({ claim, order }: { claim: Claim; order: Purchase | undefined }) {
  const text = useText();
  const { refundMinor, refund, rejection, decidedAt, receivedAt, returnRequired, restock } = claim;
  const yesOrNo = (value: boolean | undefined) =>
    value === undefined ? undefined : text(value ? 'ra.boolean.true' : 'ra.boolean.false');
  return (
    <Section title={text('claim.outcome')}>
      <Facts
        facts={[
          [text('claim.decidedAt'), decidedAt && <Time at={decidedAt} />],
          [text('claim.refund'), refundMinor !== undefined && order && <Money minor={refundMinor} currency={order.currency} />],
          [text('order.refunds'), refund && <RefundStatus status={refund.status} />],
          [text('claim.returnRequired'), yesOrNo(returnRequired)],
          [text('claim.restock'), yesOrNo(restock)],
          [text('claim.receivedAt'), receivedAt && <Time at={receivedAt} />],
          [text('claim.rejection'), rejection],
        ]}
      />
    </Section>
  );
}
