import { Time } from '@florin/ui';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { Form, required, TextInput } from 'react-admin';
import type { Claim } from '../api/resources.ts';
import { useRead } from '../api/use-read.ts';
import type { FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { ClaimPhotos } from './claim-photos.tsx';

const POLL_MS = 30_000;
const MAX_MESSAGES = 100;

/** The conversation about a claim, and a field for the next message. */
export function ClaimMessages({ claim: { id } }: { claim: Claim }) {
  const text = useText();
  const florin = useFlorin();
  const params = { path: { id } };
  const { data, error, refetch } = useRead(
    ['claim-messages', id],
    async (signal) =>
      (await florin.get('/v1/claims/{id}/messages', { params: { ...params, query: { limit: MAX_MESSAGES } }, signal })).data,
    { refetchInterval: POLL_MS },
  );
  return (
    <Section title={text('claim.messages')}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data?.length === 0 && <Typography color="textSecondary">{text('claim.noMessages')}</Typography>}
      <Stack component="ol" spacing={1.5} sx={{ listStyle: 'none', padding: 0, margin: 0 }} aria-live="polite">
        {data?.map((message) => (
          <Box component="li" key={message.id}>
            <Typography variant="body2" color="textSecondary">
              {text(`claim.by.${message.by}` as TextId)} · <Time at={message.createdAt} />
            </Typography>
            <Typography sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{message.text}</Typography>
            <ClaimPhotos photos={message.photos} />
          </Box>
        ))}
      </Stack>
      <NewMessage claimId={id} />
    </Section>
  );
}

function NewMessage({ claimId }: { claimId: string }) {
  const text = useText();
  const florin = useFlorin();
  // A sent message leaves an empty field behind.
  const [sent, setSent] = useState(0);
  const action = useAction(
    async ({ text: typed }: FormValues) => {
      const params = { path: { id: claimId } };
      return florin.post('/v1/claims/{id}/messages', { params, body: { text: String(typed) } });
    },
    { onDone: () => setSent(sent + 1) },
  );
  return (
    <Form key={sent} onSubmit={async (values: FormValues) => void (await action.run(values))} noValidate warnWhenUnsavedChanges>
      <Stack spacing={1} sx={{ marginTop: 2 }}>
        {action.error !== undefined && <ProblemAlert error={action.error} />}
        <TextInput
          source="text"
          label={text('claim.newMessage')}
          validate={required()}
          helperText={false}
          multiline
          minRows={2}
        />
        <div>
          <Button type="submit" variant="outlined" loading={action.isPending}>
            {text('claim.send')}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}
