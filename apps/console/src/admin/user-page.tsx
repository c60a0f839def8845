import { Time } from '@florin/ui';
import { Box, Button, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { CheckboxGroupInput, useGetOne } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { User } from '../api/resources.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { Loading } from '../layout/loading.tsx';
import { FailedPage } from '../layout/message-pages.tsx';
import { Page } from '../layout/page.tsx';
import { Facts, Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { Roles, UserStatus } from './users-page.tsx';

type UserAction = 'roles' | 'disable' | 'enable' | 'unlock' | 'endSessions';

/** One account: its roles and its sessions. */
export function UserPage() {
  const { id = '' } = useParams();
  const text = useText();
  const [open, setOpen] = useState<UserAction>();
  const above = [{ label: text('users.title'), to: '/users' }];
  const { data: user, error, refetch } = useGetOne<User>('users', { id });
  if (user === undefined) {
    if (error) return <FailedPage title={text('user.title')} error={error} onRetry={() => void refetch()} />;
    return (
      <Page title={text('user.title')} above={above}>
        <Loading />
      </Page>
    );
  }
  const actions = ['unlock', 'endSessions', user.status === 'active' ? 'disable' : 'enable'] as const;
  const close = () => setOpen(undefined);
  return (
    <Page title={user.email} above={above}>
      <Section title={text('user.title')}>
        <Facts
          facts={[
            [text('order.customerName'), user.name],
            [text('users.roles'), <Roles key="roles" user={user} />],
            [text('orders.status'), <UserStatus key="status" user={user} />],
            [text('users.created'), <Time key="created" at={user.createdAt} />],
            [text('order.customerId'), user.id],
          ]}
        />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, marginTop: 2 }}>
          <Button variant="contained" onClick={() => setOpen('roles')}>
            {text('user.changeRoles')}
          </Button>
          {actions.map((action) => (
            <Button
              key={action}
              variant="outlined"
              color={action === 'disable' ? 'error' : 'primary'}
              onClick={() => setOpen(action)}
            >
              {text(`user.${action}`)}
            </Button>
          ))}
        </Box>
      </Section>
      {open === 'roles' && <RolesDialog user={user} onClose={close} />}
      {open !== undefined && open !== 'roles' && <ActionDialog user={user} kind={open} onClose={close} />}
    </Page>
  );
}

function RolesDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const text = useText();
  const florin = useFlorin();
  const action = useAction(
    async ({ roles }: FormValues) => {
      const chosen = ['buyer', ...((roles ?? []) as string[])] as ('buyer' | 'staff' | 'admin')[];
      return florin.put('/v1/users/{id}/roles', { params: { path: { id: user.id } }, body: { roles: chosen } });
    },
    { done: text('user.rolesDone') },
  );
  return (
    <FormDialog
      title={text('user.changeRoles')}
      submit={text('action.save')}
      onClose={onClose}
      action={action}
      defaultValues={{ roles: user.roles.filter((role) => role !== 'buyer') }}
    >
      <Typography>{text('user.rolesText')}</Typography>
      <CheckboxGroupInput
        source="roles"
        label={text('users.roles')}
        row={false}
        helperText={false}
        translateChoice={false}
        choices={(['staff', 'admin'] as const).map((role) => ({ id: role, name: text(`role.${role}`) }))}
      />
    </FormDialog>
  );
}

function ActionDialog({ user: { id }, kind, onClose }: { user: User; kind: Exclude<UserAction, 'roles'>; onClose: () => void }) {
  const text = useText();
  const florin = useFlorin();
  const params = { path: { id } };
  const action = useAction<FormValues, object>(
    async () => {
      if (kind === 'endSessions') return florin.delete('/v1/users/{id}/sessions', { params });
      return florin.post(`/v1/users/{id}/${kind}`, { params });
    },
    { done: text('user.done') },
  );
  const said: ReactNode = text(`user.${kind}Text`);
  return (
    <FormDialog
      title={text(`user.${kind}`)}
      submit={text(`user.${kind}`)}
      tone={kind === 'disable' ? 'error' : 'primary'}
      onClose={onClose}
      action={action}
    >
      <Typography>{said}</Typography>
    </FormDialog>
  );
}
