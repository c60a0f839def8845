import type { DataOf } from '@florin/client';
import { Status, Time } from '@florin/ui';
import { Button, Typography } from '@mui/material';
import { useState } from 'react';
import { required, TextInput } from 'react-admin';
import { useRead } from '../api/use-read.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { Health } from '../home/health.tsx';
import { Loading } from '../layout/loading.tsx';
import { Page } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

type Switch = DataOf<'get', '/v1/product/switches'>[number];

/** The services that have switches to throw. */
const services = ['product', 'payment'] as const;
type Service = (typeof services)[number];

/** Stops parts of the platform without a release, and starts them again. */
export function SwitchesPage() {
  const text = useText();
  return (
    <Page title={text('switches.title')}>
      {services.map((service) => (
        <Switches key={service} service={service} />
      ))}
      <Health />
    </Page>
  );
}

function Switches({ service }: { service: Service }) {
  const text = useText();
  const florin = useFlorin();
  const [open, setOpen] = useState<Switch>();
  const { data, error, refetch } = useRead(
    ['switches', service],
    async (signal) => (await florin.get(`/v1/${service}/switches`, { signal })).data,
  );
  return (
    <Section title={service}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error && <Loading rows={2} />}
      {data && (
        <RowTable
          label={`${text('switches.title')}: ${service}`}
          rows={data.map((one) => ({ ...one, id: one.name }))}
          columns={[
            { id: 'name', label: text('switches.name'), render: ({ name }) => name },
            { id: 'effect', label: text('switches.effect'), render: ({ effect }) => effect },
            {
              id: 'state',
              label: text('switches.state'),
              render: ({ isOn, since }) => (
                <>
                  <Status tone={isOn ? 'warn' : 'neutral'}>{text(isOn ? 'switches.on' : 'switches.off')}</Status>{' '}
                  {since !== null && <Time at={since} />}
                </>
              ),
            },
            { id: 'reason', label: text('switches.reason'), render: ({ reason }) => (reason === '' ? '–' : reason) },
            {
              id: 'action',
              label: text('audit.action'),
              render: (one) => (
                <Button variant="outlined" color={one.isOn ? 'primary' : 'error'} onClick={() => setOpen(one)}>
                  {text(one.isOn ? 'switches.takeBack' : 'switches.throw', { name: one.name })}
                </Button>
              ),
            },
          ]}
        />
      )}
      {open && <SwitchDialog service={service} one={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function SwitchDialog({ service, one, onClose }: { service: Service; one: Switch; onClose: () => void }) {
  const text = useText();
  const florin = useFlorin();
  const { name, effect, isOn } = one;
  const action = useAction(
    async ({ reason }: FormValues) => {
      const body = { isOn: !isOn, reason: String(reason) };
      return florin.put(`/v1/${service}/switches/{name}`, { params: { path: { name } }, body });
    },
    { done: text('switches.done') },
  );
  const title = text(isOn ? 'switches.takeBack' : 'switches.throw', { name });
  return (
    <FormDialog
      title={title}
      submit={title}
      tone={isOn ? 'primary' : 'error'}
      onClose={onClose}
      action={action}
      fields={['reason']}
    >
      <Typography>
        {text('switches.effect')}: {effect}
      </Typography>
      <TextInput source="reason" label={text('switches.reason')} validate={required()} helperText={false} />
    </FormDialog>
  );
}
