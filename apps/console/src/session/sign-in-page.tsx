import { Card, CardContent, Typography } from '@mui/material';
import Box from '@mui/material/Box';
import { Navigate, useLocation, useNavigate } from 'react-router-dom';
import { useTitle } from '../layout/use-title.ts';
import { useText } from '../texts/use-text.ts';
import { useSchemeOfTokens } from '../theme/use-scheme.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useSessionState } from './use-session.ts';

/** The page before the console; afterwards the person is where they wanted to go. */
export function SignInPage() {
  const text = useText();
  const navigate = useNavigate();
  const location = useLocation();
  const { status } = useSessionState();
  useSchemeOfTokens();
  useTitle(text('signIn.title'));
  const target = targetOf(location.state);
  if (status === 'active') return <Navigate to={target} replace />;
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: 2 }}>
      <Card sx={{ width: '100%', maxWidth: '24rem' }}>
        <CardContent>
          <Typography color="textSecondary">{text('app.name')}</Typography>
          <Typography variant="h1" gutterBottom>
            {text('signIn.title')}
          </Typography>
          <SignInForm onSignedIn={() => void navigate(target, { replace: true })} />
          <Typography variant="body2" color="textSecondary" sx={{ marginTop: 2 }}>
            {text('signIn.forgotten')}
          </Typography>
        </CardContent>
      </Card>
    </Box>
  );
}

/** The page that react-admin was asked for before it sent the person here. */
function targetOf(state: unknown): string {
  const { nextPathname, nextSearch } = (state ?? {}) as { nextPathname?: unknown; nextSearch?: unknown };
  const path = typeof nextPathname === 'string' && nextPathname.startsWith('/') ? nextPathname : '/';
  return path + (typeof nextSearch === 'string' ? nextSearch : '');
}
