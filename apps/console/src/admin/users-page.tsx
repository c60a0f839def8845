import { Status, Time } from '@florin/ui';
import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { User } from '../api/resources.ts';
import { linkStyle, Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';

const roles = ['buyer', 'staff', 'admin'] as const;
const statuses = ['active', 'disabled'] as const;

/** All accounts, newest first. */
export function UsersPage() {
  const text = useText();
  const list = useCursorList<User>('users', { filters: ['email', 'role', 'status'] });
  return (
    <Page title={text('users.title')}>
      <FilterBar
        list={list}
        fields={[
          { name: 'email', label: text('users.email'), type: 'email' },
          {
            name: 'role',
            label: text('users.role'),
            type: 'select',
            options: roles.map((value) => ({ value, label: text(`role.${value}`) })),
          },
          {
            name: 'status',
            label: text('orders.status'),
            type: 'select',
            options: statuses.map((value) => ({ value, label: text(`userStatus.${value}`) })),
          },
        ]}
      />
      <ListView
        label={text('users.title')}
        list={list}
        columns={[
          {
            id: 'email',
            label: text('users.email'),
            render: ({ id, email }) => (
              <Link component={RouterLink} to={`/users/${id}`} sx={{ ...linkStyle, fontWeight: 600 }}>
                {email}
              </Link>
            ),
          },
          { id: 'name', label: text('order.customerName'), render: ({ name }) => name ?? '–' },
          { id: 'roles', label: text('users.roles'), render: (user) => <Roles user={user} /> },
          { id: 'status', label: text('orders.status'), render: (user) => <UserStatus user={user} /> },
          { id: 'created', label: text('users.created'), render: ({ createdAt }) => <Time at={createdAt} precision="day" /> },
        ]}
      />
    </Page>
  );
}

export function Roles({ user }: { user: User }) {
  const text = useText();
  return user.roles.map((role) => text(`role.${role}` as TextId)).join(', ');
}

export function UserStatus({ user: { status } }: { user: User }) {
  const text = useText();
  return <Status tone={status === 'active' ? 'good' : 'bad'}>{text(`userStatus.${status}` as TextId)}</Status>;
}
