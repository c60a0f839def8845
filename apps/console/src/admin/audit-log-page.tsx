import { Time } from '@florin/ui';
import { Box } from '@mui/material';
import type { AuditEntry } from '../api/resources.ts';
import { Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { useText } from '../texts/use-text.ts';
import { serviceField } from './service-field.ts';

const filterNames = ['service', 'action', 'actorId', 'subject', 'from', 'to'] as const;

/** What people with rights did, newest first. */
export function AuditLogPage() {
  const text = useText();
  const list = useCursorList<AuditEntry>('audit-log', { filters: filterNames });
  return (
    <Page title={text('audit.title')}>
      <FilterBar
        list={list}
        fields={[
          serviceField(text('health.service')),
          { name: 'action', label: text('audit.action') },
          { name: 'actorId', label: text('audit.actor') },
          { name: 'subject', label: text('audit.subject') },
          { name: 'from', label: text('orders.from'), type: 'date' },
          { name: 'to', label: text('orders.to'), type: 'date' },
        ]}
      />
      <ListView
        label={text('audit.title')}
        list={list}
        columns={[
          { id: 'at', label: text('audit.at'), render: ({ at }) => <Time at={at} /> },
          { id: 'action', label: text('audit.action'), render: ({ action }) => action },
          { id: 'actor', label: text('audit.actor'), render: ({ actorId }) => actorId ?? text('audit.operator') },
          { id: 'subject', label: text('audit.subject'), render: ({ subject }) => subject },
          {
            id: 'change',
            label: text('audit.change'),
            render: ({ before, after }) => (
              <Box component="code" sx={{ overflowWrap: 'anywhere' }}>
                {changeText(before, after)}
              </Box>
            ),
          },
        ]}
      />
    </Page>
  );
}

function changeText(before: unknown, after: unknown): string {
  return [before, after].map((value) => (value === undefined || value === null ? '–' : JSON.stringify(value))).join(' → ');
}
