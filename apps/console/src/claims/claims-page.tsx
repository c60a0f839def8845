import { Time } from '@florin/ui';
import { Link } from '@mui/material';
import { useIntl } from 'react-intl';
import { Link as RouterLink } from 'react-router-dom';
import type { Claim } from '../api/resources.ts';
import { linkStyle, Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { ClaimStatus, claimStatuses } from './claim-status.tsx';

/** The claims of all customers, newest first. */
export function ClaimsPage() {
  const text = useText();
  const list = useCursorList<Claim>('claims', { filters: ['status', 'purchaseId', 'userId'] });
  return (
    <Page title={text('claims.title')}>
      <FilterBar
        list={list}
        fields={[
          {
            name: 'status',
            label: text('orders.status'),
            type: 'select',
            options: claimStatuses.map((value) => ({ value, label: text(`claimStatus.${value}`) })),
          },
          { name: 'purchaseId', label: text('claims.purchaseId') },
        ]}
      />
      <ListView
        label={text('claims.title')}
        list={list}
        columns={[
          { id: 'opened', label: text('claims.opened'), render: (claim) => <ClaimLink claim={claim} /> },
          { id: 'status', label: text('orders.status'), render: ({ status }) => <ClaimStatus status={status} /> },
          { id: 'reason', label: text('claims.reason'), render: ({ reason }) => text(`claimReason.${reason}` as TextId) },
          {
            id: 'units',
            label: text('claims.units'),
            align: 'end',
            render: ({ items }) => items.reduce((sum, { quantity }) => sum + quantity, 0),
          },
        ]}
      />
    </Page>
  );
}

function ClaimLink({ claim: { id, createdAt } }: { claim: Claim }) {
  const text = useText();
  const { formatDate } = useIntl();
  const time = formatDate(createdAt, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Link component={RouterLink} to={`/claims/${id}`} aria-label={text('claims.show', { time })} sx={linkStyle}>
      <Time at={createdAt} />
    </Link>
  );
}
