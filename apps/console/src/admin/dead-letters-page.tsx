import { Time, type Tone } from '@florin/ui';
import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { type DeadLetter, type ServiceName, serviceOf } from '../api/resources.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { KnownStatus } from '../orders/order-status.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { serviceField } from './service-field.ts';

const tones: Readonly<Record<string, Tone>> = { dead: 'bad', parked: 'warn', forged: 'bad' };

/** Messages that a service could not handle, and those that wait behind them. */
export function DeadLettersPage() {
  const text = useText();
  const [open, setOpen] = useState<DeadLetter>();
  const list = useCursorList<DeadLetter>('dead-letters', { filters: ['service'] });
  const service = serviceOf(list.filters['service']);
  return (
    <Page title={text('deadLetters.title')}>
      <FilterBar list={list} fields={[serviceField(text('health.service'))]} />
      <ListView
        label={text('deadLetters.title')}
        list={list}
        columns={[
          { id: 'at', label: text('audit.at'), render: ({ createdAt }) => <Time at={createdAt} /> },
          {
            id: 'status',
            label: text('orders.status'),
            render: ({ status }) => <KnownStatus status={status} tones={tones} prefix="deadStatus" />,
          },
          {
            id: 'topic',
            label: text('deadLetters.topic'),
            render: ({ topic, partition, offset }) => `${topic} ${partition}:${offset}`,
          },
          { id: 'key', label: text('deadLetters.key'), render: ({ key }) => key ?? '–' },
          { id: 'cause', label: text('deadLetters.cause'), render: ({ reason }) => reason ?? '–' },
          { id: 'attempts', label: text('deadLetters.attempts'), align: 'end', render: ({ attempts }) => attempts },
          {
            id: 'payload',
            label: text('deadLetters.payload'),
            render: (letter) => (
              <Button variant="outlined" onClick={() => setOpen(letter)}>
                {text('deadLetters.show', { offset: letter.offset })}
              </Button>
            ),
          },
        ]}
      />
      {open && <LetterDialog letter={open} service={service} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

type LetterDialogProps = { letter: DeadLetter; service: ServiceName; onClose: () => void };

/** Shows what the message says, so that whoever replays it knows what will happen. */
function LetterDialog({ letter: { id, value, reason }, service, onClose }: LetterDialogProps) {
  const text = useText();
  const florin = useFlorin();
  const action = useAction(async () => florin.post(`/v1/${service}/dead-letters/{id}/replay`, { params: { path: { id } } }), {
    done: text('deadLetters.replayed'),
  });
  return (
    <FormDialog title={text('deadLetters.payload')} submit={text('deadLetters.replay')} onClose={onClose} action={action}>
      {reason !== undefined && <Typography>{reason}</Typography>}
      <Box
        component="pre"
        tabIndex={0}
        sx={{ overflow: 'auto', maxHeight: '18rem', margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {value ?? text('value.empty')}
      </Box>
      <Typography>{text('deadLetters.replayText')}</Typography>
    </FormDialog>
  );
}
