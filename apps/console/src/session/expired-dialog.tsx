import { Dialog, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useText } from '../texts/use-text.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useSessionState } from './use-session.ts';

/** Asks for the password again, above the page, which keeps its forms. Another person's page begins anew. */
export function ExpiredDialog() {
  const text = useText();
  const state = useSessionState();
  const queries = useQueryClient();
  if (state.status !== 'expired') return null;
  const { user } = state;
  return (
    <Dialog open aria-labelledby="expired-title" maxWidth="xs" fullWidth>
      <DialogTitle id="expired-title" component="h2">
        {text('expired.title')}
      </DialogTitle>
      <DialogContent>
        <Typography sx={{ marginBottom: 2 }}>{text('expired.text')}</Typography>
        <SignInForm
          email={user.email}
          onSignedIn={({ id }) => {
            if (id !== user.id) window.location.reload();
            else void queries.invalidateQueries();
          }}
        />
      </DialogContent>
    </Dialog>
  );
}
