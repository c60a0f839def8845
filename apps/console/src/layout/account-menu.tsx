import AccountCircleIcon from '@mui/icons-material/AccountCircle';
import { Divider, IconButton, ListItem, ListItemText, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useLogout, useNotify } from 'react-admin';
import { useSessionState } from '../session/use-session.ts';
import { localeNames, locales } from '../texts/texts.ts';
import { useText } from '../texts/use-text.ts';
import { useScheme } from '../theme/use-scheme.ts';
import { useProblemText } from './use-problem-text.ts';

/** Who is signed in, the theme, the language, and the way out. */
export function AccountMenu() {
  const text = useText();
  const { user } = useSessionState();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [scheme, setScheme] = useScheme();
  const [locale, setLocale] = useLocaleState();
  const signOut = useSignOut();
  const isDark = scheme === 'dark';
  return (
    <>
      <IconButton
        aria-label={text('app.account')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ marginLeft: { xs: 'auto', sm: 0 } }}
      >
        <AccountCircleIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <ListItem role="none" sx={{ paddingY: 0 }}>
          <ListItemText primary={user?.name ?? user?.email} secondary={user?.roles.join(', ')} />
        </ListItem>
        <Divider role="none" />
        <MenuItem onClick={() => setScheme(isDark ? 'light' : 'dark')}>
          {text(isDark ? 'app.lightTheme' : 'app.darkTheme')}
        </MenuItem>
        <Divider role="none" />
        {locales.map((name) => (
          <MenuItem
            key={name}
            lang={name}
            role="menuitemradio"
            aria-checked={name === locale}
            selected={name === locale}
            onClick={() => setLocale(name)}
          >
            {localeNames[name]}
          </MenuItem>
        ))}
        <Divider role="none" />
        <MenuItem onClick={() => void signOut()}>{text('app.signOut')}</MenuItem>
      </Menu>
    </>
  );
}

function useSignOut(): () => Promise<void> {
  const logout = useLogout();
  const notify = useNotify();
  const problemText = useProblemText();
  return async () => {
    try {
      await logout({}, '/login', false);
    } catch (error) {
      notify(problemText(error), { type: 'error' });
    }
  };
}
