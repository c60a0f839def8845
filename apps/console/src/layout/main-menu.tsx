import { List, ListItem, ListItemButton, ListItemText } from '@mui/material';
import { NavLink } from 'react-router-dom';
import { pages } from '../pages.tsx';
import { may } from '../session/access.ts';
import { useSessionState } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

/** The pages that the person may open. */
export function MainMenu({ onChoose }: { onChoose?: () => void }) {
  const text = useText();
  const { user } = useSessionState();
  return (
    <nav aria-label={text('app.mainMenu')}>
      <List>
        {pages.map(({ path, access, menu }) =>
          menu !== undefined && user !== undefined && may(user, access) ? (
            <ListItem key={path} disablePadding>
              <ListItemButton component={NavLink} to={path} end={path === '/'} onClick={onChoose} sx={activeStyle}>
                <ListItemText primary={text(menu)} />
              </ListItemButton>
            </ListItem>
          ) : null,
        )}
      </List>
    </nav>
  );
}

const activeStyle = {
  minHeight: 44,
  borderLeft: '4px solid transparent',
  '&.active': { borderLeftColor: 'primary.main', backgroundColor: 'action.selected' },
} as const;
