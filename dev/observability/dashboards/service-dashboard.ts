import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { buildDashboard } from './build-dashboard.ts';
import { graph } from './panels.ts';

const CHOSEN = 'service=~"$service",instance=~"$instance"';
const API = `${CHOSEN},route!~"/health/.*|/metrics"`;

/** The insides of a service: HTTP, database pools, process, jobs, invariants, clocks, access. */
export function serviceDashboard(): Dashboard {
  return buildDashboard({
    uid: 'florin-service',
    title: 'Florin / Service',
    description: 'HTTP, database pools, event loop, jobs, invariants, clocks and access of the chosen services and instances',
    rows: {
      Instances: instances(),
      HTTP: http(),
      'Database pools': pools(),
      Process: processPanels(),
      'Jobs and invariants': work(),
      'Clocks and access': access(),
    },
  });
}

function instances() {
  return [
    graph({
      title: 'Instances that answer',
      description: 'Instances whose metrics can be read',
      unit: 'short',
      queries: [
        { expr: `count by (service) (process_start_time_seconds{job="florin",${CHOSEN}})`, legend: '{{service}}' },
        { expr: 'count(up{job="florin"} == 0) or vector(0)', legend: 'not answering' },
      ],
      alerts: ['FlorinServiceDown', 'FlorinInstanceDown'],
    }),
    graph({
      title: 'Age of the process',
      description: 'Time since the instance started',
      unit: 's',
      queries: [{ expr: `time() - process_start_time_seconds{job="florin",${CHOSEN}}`, legend: '{{service}} {{instance}}' }],
      alerts: ['FlorinInstanceRestarts'],
    }),
  ];
}

function http() {
  const quantile = (share: number): string =>
    `histogram_quantile(${share}, sum by (service, le) (rate(http_request_duration_seconds_bucket{${API},method="GET"}[$__rate_interval])))`;
  return [
    graph({
      title: 'Answers',
      description: 'Answers per second by status',
      unit: 'reqps',
      isStacked: true,
      queries: [
        {
          expr: `sum by (service, status) (rate(http_request_duration_seconds_count{${API}}[$__rate_interval]))`,
          legend: '{{service}} {{status}}',
        },
      ],
    }),
    graph({
      title: 'Errors',
      description: 'Share of answers with 5xx',
      unit: 'percentunit',
      failAt: 0.05,
      queries: [
        {
          expr: `sum by (service) (rate(http_request_duration_seconds_count{${API},status=~"5.."}[$__rate_interval])) / sum by (service) (rate(http_request_duration_seconds_count{${API}}[$__rate_interval]))`,
          legend: '{{service}}',
        },
      ],
      alerts: ['FlorinErrorRatioHigh'],
    }),
    graph({
      title: 'Time of reads',
      description: 'Percentiles over GET, with exports and statements',
      unit: 's',
      failAt: 1,
      queries: [
        { expr: quantile(0.5), legend: '{{service}} 50%' },
        { expr: quantile(0.99), legend: '{{service}} 99%' },
      ],
      alerts: ['FlorinSlowAnswers'],
    }),
    graph({
      title: 'Errors by route',
      description: 'The ten routes with the most 5xx per second',
      unit: 'reqps',
      queries: [
        {
          expr: `topk(10, sum by (service, method, route) (rate(http_request_duration_seconds_count{${API},status=~"5.."}[$__rate_interval])) > 0)`,
          legend: '{{service}} {{method}} {{route}}',
        },
      ],
    }),
    graph({
      title: 'Slowest routes',
      description: 'The ten routes with the longest mean time',
      unit: 's',
      queries: [
        {
          expr: `topk(10, sum by (service, method, route) (rate(http_request_duration_seconds_sum{${API}}[$__rate_interval])) / (sum by (service, method, route) (rate(http_request_duration_seconds_count{${API}}[$__rate_interval])) > 0))`,
          legend: '{{service}} {{method}} {{route}}',
        },
      ],
    }),
  ];
}

function pools() {
  return [
    graph({
      title: 'Connections',
      description: 'Connections of the pool by state',
      unit: 'short',
      queries: [
        {
          expr: `sum by (service, pool, state) (florin_database_pool_connections{${CHOSEN}})`,
          legend: '{{service}} {{pool}} {{state}}',
        },
      ],
    }),
    graph({
      title: 'Transactions that wait for a connection',
      description: 'The pool is too small or its transactions take too long if this stays above 0',
      unit: 'short',
      failAt: 1,
      queries: [{ expr: `sum by (service, pool) (florin_database_pool_waiting{${CHOSEN}})`, legend: '{{service}} {{pool}}' }],
      alerts: ['FlorinDatabasePoolWaiting'],
    }),
    graph({
      title: 'Wait for a connection, 99%',
      description: 'Time that transactions wait for a connection of the pool',
      unit: 's',
      queries: [
        {
          expr: `histogram_quantile(0.99, sum by (service, pool, le) (rate(florin_database_pool_wait_seconds_bucket{${CHOSEN}}[$__rate_interval])))`,
          legend: '{{service}} {{pool}}',
        },
      ],
      alerts: ['FlorinDatabasePoolWaiting'],
    }),
  ];
}

function processPanels() {
  const legend = '{{service}} {{instance}}';
  return [
    graph({
      title: 'Event loop delay, 99%',
      description: 'How late the event loop is. All requests of the instance wait for it',
      unit: 's',
      failAt: 0.25,
      queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{job="florin",${CHOSEN}}`, legend }],
      alerts: ['FlorinEventLoopSlow'],
    }),
    graph({
      title: 'Processor',
      description: 'Seconds of processor time per second. JavaScript uses one processor at most',
      unit: 'percentunit',
      queries: [{ expr: `rate(process_cpu_seconds_total{job="florin",${CHOSEN}}[$__rate_interval])`, legend }],
    }),
    graph({
      title: 'Memory',
      description: 'Resident memory of the process',
      unit: 'bytes',
      queries: [{ expr: `process_resident_memory_bytes{job="florin",${CHOSEN}}`, legend }],
    }),
    graph({
      title: 'File descriptors',
      description: 'Share of the open file descriptors that the process may have',
      unit: 'percentunit',
      failAt: 0.8,
      queries: [{ expr: `process_open_fds{job="florin",${CHOSEN}} / process_max_fds{job="florin",${CHOSEN}}`, legend }],
      alerts: ['FlorinFileDescriptorsLow'],
    }),
    graph({
      title: 'Dropped spans',
      description: 'Spans per second that the collector did not take. Requests do not wait for it',
      unit: 'ops',
      queries: [
        { expr: `sum by (service) (rate(florin_trace_spans_dropped_total{${CHOSEN}}[$__rate_interval]))`, legend: '{{service}}' },
      ],
      alerts: ['FlorinTraceSpansDropped'],
    }),
  ];
}

function work() {
  const legend = '{{service}} {{exported_job}}';
  return [
    graph({
      title: 'Runs of jobs',
      description: 'Runs of periodic jobs per second by outcome',
      unit: 'ops',
      queries: [
        {
          expr: `sum by (service, exported_job, outcome) (rate(florin_job_runs_total{${CHOSEN}}[$__rate_interval]))`,
          legend: `${legend} {{outcome}}`,
        },
      ],
      alerts: ['FlorinJobFailing'],
    }),
    graph({
      title: 'Time since the last success of a job',
      description: 'Any instance may have done the work',
      unit: 's',
      failAt: 3 * 3600,
      queries: [
        {
          expr: `time() - max by (service, exported_job) (florin_job_last_success_timestamp_seconds{${CHOSEN}} > 0)`,
          legend,
        },
      ],
      alerts: ['FlorinJobStale'],
    }),
    graph({
      title: 'Duration of jobs, 99%',
      description: 'Time of a run',
      unit: 's',
      queries: [
        {
          expr: `histogram_quantile(0.99, sum by (service, exported_job, le) (rate(florin_job_duration_seconds_bucket{${CHOSEN}}[$__rate_interval])))`,
          legend,
        },
      ],
    }),
    graph({
      title: 'Violated invariants',
      description: 'Rows that break a rule that stored data always keeps. Invariants without violations are left out',
      unit: 'short',
      failAt: 1,
      queries: [
        {
          expr: `max by (service, invariant) (florin_invariant_violations{${CHOSEN}}) > 0 or vector(0)`,
          legend: '{{service}} {{invariant}}',
        },
      ],
      alerts: ['FlorinInvariantViolated'],
    }),
    graph({
      title: 'Age of the oldest check of an invariant',
      description: 'The ten invariants that were checked longest ago',
      unit: 's',
      failAt: 6 * 3600,
      queries: [
        {
          expr: `topk(10, min by (service, invariant) (florin_invariant_check_age_seconds{${CHOSEN}}))`,
          legend: '{{service}} {{invariant}}',
        },
      ],
      alerts: ['FlorinInvariantUnchecked'],
    }),
    graph({
      title: 'Duration of the checks',
      description: 'The ten invariants whose last check took longest',
      unit: 's',
      queries: [
        {
          expr: `topk(10, max by (service, invariant) (florin_invariant_check_duration_seconds{${CHOSEN}}))`,
          legend: '{{service}} {{invariant}}',
        },
      ],
    }),
  ];
}

function access() {
  return [
    graph({
      title: 'Clock difference',
      description: 'The clock of the instance minus that of the database or the broker. Beyond 10 s the instance is not ready',
      unit: 's',
      failAt: 5,
      queries: [{ expr: `florin_clock_difference_seconds{${CHOSEN}}`, legend: '{{service}} {{instance}} {{to}}' }],
      alerts: ['FlorinClockDifference'],
    }),
    graph({
      title: 'Ledger entries ahead of the clock',
      description: "How far the newest ledger entry is ahead of the database's clock",
      unit: 's',
      failAt: 1,
      queries: [{ expr: 'max by (service) (florin_ledger_booked_ahead_seconds)', legend: '{{service}}' }],
      alerts: ['FlorinLedgerBookedAhead'],
    }),
    graph({
      title: 'Age of the revocations',
      description: 'Time since the instance last read the revoked sessions. From 60 s on, critical writes of admins get 503',
      unit: 's',
      failAt: 60,
      queries: [{ expr: `florin_revocation_lag_seconds{${CHOSEN}}`, legend: '{{service}} {{instance}}' }],
      alerts: ['FlorinRevocationsStale'],
    }),
    graph({
      title: 'Security events',
      description: 'Security events per second by name',
      unit: 'ops',
      queries: [
        {
          expr: `sum by (event) (rate(florin_security_events_total{${CHOSEN}}[$__rate_interval])) > 0`,
          legend: '{{event}}',
        },
      ],
      alerts: ['FlorinSignInsLocked', 'FlorinRefreshTokensReused'],
    }),
  ];
}
