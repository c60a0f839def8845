import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { buildDashboard } from './build-dashboard.ts';
import { graph } from './panels.ts';

/** Events between the services: outbox, consumers, dead letters, batch sizes. */
export function messagingDashboard(): Dashboard {
  return buildDashboard({
    uid: 'florin-messaging',
    title: 'Florin / Messaging',
    description: 'Outbox, consumers, dead letters, parked keys and batch sizes. Instances of a service measure the same database',
    rows: {
      Outbox: outbox(),
      Consumers: consumers(),
      'Events that wait for an operator': stopped(),
      Batches: batches(),
    },
  });
}

function outbox() {
  return [
    graph({
      title: 'Age of the oldest event',
      description: 'Time since the oldest event in the outbox was written',
      unit: 's',
      warnAt: 30,
      failAt: 60,
      queries: [{ expr: 'max by (service) (florin_outbox_oldest_age_seconds{service=~"$service"})', legend: '{{service}}' }],
      alerts: ['FlorinOutboxStuck'],
    }),
    graph({
      title: 'Events in the outbox',
      description: 'Counted up to 10,000',
      unit: 'short',
      failAt: 10_000,
      queries: [{ expr: 'max by (service) (florin_outbox_rows{service=~"$service"})', legend: '{{service}}' }],
      alerts: ['FlorinOutboxFilling'],
    }),
  ];
}

function consumers() {
  return [
    graph({
      title: 'Consumer lag in time',
      description: 'Time since the oldest message was written that the service has not handled yet',
      unit: 's',
      warnAt: 30,
      failAt: 60,
      queries: [
        {
          expr: 'max by (service, topic) (florin_consumer_lag_seconds{service=~"$service"})',
          legend: '{{service}} {{topic}}',
        },
      ],
      alerts: ['FlorinConsumerBehind'],
    }),
    graph({
      title: 'Consumer lag in messages',
      description: 'Messages that the service has not handled yet',
      unit: 'short',
      queries: [
        {
          expr: 'max by (service, topic) (florin_consumer_lag_messages{service=~"$service"})',
          legend: '{{service}} {{topic}}',
        },
      ],
      alerts: ['FlorinConsumerLagGrowing'],
    }),
    graph({
      title: 'Stopped consumers',
      description: '1 if the consumer of the instance has ended by a failure',
      unit: 'short',
      failAt: 1,
      queries: [
        {
          expr: 'max by (service, instance) (florin_consumer_stopped{service=~"$service",instance=~"$instance"})',
          legend: '{{service}} {{instance}}',
        },
      ],
      alerts: ['FlorinConsumerStopped'],
    }),
  ];
}

function stopped() {
  return [
    graph({
      title: 'Dead letters',
      description: 'Messages that could not be handled, counted up to 10,000',
      unit: 'short',
      failAt: 1,
      queries: [{ expr: 'max by (service) (florin_dead_letters{service=~"$service"})', legend: '{{service}}' }],
      alerts: ['FlorinDeadLetters'],
    }),
    graph({
      title: 'Parked keys',
      description:
        'Users whose events wait: at the consumer behind a dead letter, in the outbox behind an event that Kafka refuses',
      unit: 'short',
      warnAt: 1,
      failAt: 20,
      queries: [{ expr: 'max by (service, side) (florin_parked_keys{service=~"$service"})', legend: '{{service}} {{side}}' }],
      alerts: ['FlorinParkedKeys', 'FlorinManyParkedKeys'],
    }),
    graph({
      title: 'Foreign and forged messages',
      description: 'Messages per second that no producer of Florin can have made, or that have no valid signature',
      unit: 'ops',
      queries: [
        {
          expr: 'sum by (service, topic) (rate(florin_foreign_messages_total{service=~"$service"}[$__rate_interval]))',
          legend: 'foreign {{service}} {{topic}}',
        },
        {
          expr: 'sum by (service, topic) (rate(florin_forged_events_total{service=~"$service"}[$__rate_interval]))',
          legend: 'forged {{service}} {{topic}}',
        },
      ],
      alerts: ['FlorinForeignMessages', 'FlorinForgedEvents'],
    }),
  ];
}

function batches() {
  const selector = '{service=~"$service",instance=~"$instance"}';
  return [
    graph({
      title: 'Batch size, mean',
      description: 'Purchases, events or messages of one transaction or one request to Kafka',
      unit: 'short',
      queries: [
        {
          expr: `sum by (service, component) (rate(florin_batch_size_sum${selector}[$__rate_interval])) / sum by (service, component) (rate(florin_batch_size_count${selector}[$__rate_interval]))`,
          legend: '{{service}} {{component}}',
        },
      ],
    }),
    graph({
      title: 'Batch size, 99%',
      description: 'Near the maximum of the setting, the component is at its limit',
      unit: 'short',
      queries: [
        {
          expr: `histogram_quantile(0.99, sum by (service, component, le) (rate(florin_batch_size_bucket${selector}[$__rate_interval])))`,
          legend: '{{service}} {{component}}',
        },
      ],
    }),
    graph({
      title: 'Batches',
      description: 'Batches per second',
      unit: 'ops',
      queries: [
        {
          expr: `sum by (service, component) (rate(florin_batch_size_count${selector}[$__rate_interval]))`,
          legend: '{{service}} {{component}}',
        },
      ],
    }),
  ];
}
