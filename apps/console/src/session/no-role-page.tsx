import { Button, Stack, Typography } from '@mui/material';
import { useLogout } from 'react-admin';
import { useTitle } from '../layout/use-title.ts';
import { useText } from '../texts/use-text.ts';
import { ExpiredDialog } from './expired-dialog.tsx';
import { useSessionState } from './use-session.ts';

/** What a buyer sees who signs in here. */
export function NoRolePage() {
  const text = useText();
  const logout = useLogout();
  const { user } = useSessionState();
  useTitle(text('noRole.title'));
  return (
    <Stack component="main" spacing={2} sx={{ padding: 3, maxWidth: '36rem' }}>
      <Typography variant="h1">{text('noRole.title')}</Typography>
      <Typography>{text('noRole.text', { email: user?.email ?? '' })}</Typography>
      <div>
        <Button variant="contained" onClick={() => void logout({}, '/login', false)}>
          {text('app.signOut')}
        </Button>
      </div>
      <ExpiredDialog />
    </Stack>
  );
}
