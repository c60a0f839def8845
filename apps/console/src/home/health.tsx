import type { DataOf } from '@florin/client';
import { Status, type Tone } from '@florin/ui';
import { services } from '../api/resources.ts';
import { useRead } from '../api/use-read.ts';
import { Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { factsOf } from './service-facts.ts';

export type ServiceStatus = DataOf<'get', '/v1/auth/status'>;

const POLL_MS = 30_000;
const tones: Readonly<Record<string, Tone>> = { ok: 'good', degraded: 'warn', unavailable: 'bad', noAnswer: 'bad' };

/** How each service says it is. One that does not answer is a row of its own, beside those that do. */
export function Health() {
  const text = useText();
  const florin = useFlorin();
  const { data = [] } = useRead(
    ['health'],
    (signal) =>
      Promise.all(
        services.map(async (service) => {
          const status = await florin.get(`/v1/${service}/status`, { signal, retry: false }).then(
            ({ data: answer }): ServiceStatus | undefined => answer,
            () => undefined,
          );
          return { id: service, ...factsOf(status) };
        }),
      ),
    { refetchInterval: POLL_MS },
  );
  const known = (value: number | null) => value ?? text('health.unknown');
  return (
    <Section title={text('home.health')}>
      <RowTable
        label={text('home.health')}
        rows={data}
        columns={[
          { id: 'service', label: text('health.service'), render: ({ id }) => id },
          {
            id: 'status',
            label: text('health.status'),
            render: ({ status, reasons }) => (
              <>
                <Status tone={tones[status] ?? 'neutral'}>{text(`health.${status}` as TextId)}</Status> {reasons.join(', ')}
              </>
            ),
          },
          { id: 'outbox', label: text('health.outbox'), align: 'end', render: ({ outboxRows }) => known(outboxRows) },
          { id: 'lag', label: text('health.lag'), align: 'end', render: ({ lagMessages }) => known(lagMessages) },
          { id: 'dead', label: text('health.deadLetters'), align: 'end', render: ({ deadLetters }) => known(deadLetters) },
          { id: 'violations', label: text('health.violations'), align: 'end', render: ({ violations }) => known(violations) },
          {
            id: 'switches',
            label: text('health.switches'),
            render: ({ switches }) => (switches.length === 0 ? text('home.none') : switches.join(', ')),
          },
        ]}
      />
    </Section>
  );
}
