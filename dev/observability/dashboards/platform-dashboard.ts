import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { buildDashboard } from './build-dashboard.ts';
import { figure, graph } from './panels.ts';

const ACCEPT = 'service="product",method="POST",route="/v1/purchases"';

/** What customers notice: purchases, decisions, money, and the service level objectives. */
export function platformDashboard(): Dashboard {
  return buildDashboard({
    uid: 'florin-platform',
    title: 'Florin / Platform',
    description: 'Purchases, decisions, money and service level objectives (docs/slo.md)',
    rows: {
      Objectives: [
        ...objective('accept', 'Accepted requests', ['FlorinAcceptBudgetBurnFast', 'FlorinAcceptBudgetBurnSlow']),
        ...objective('decision', 'Decisions within a second', ['FlorinDecisionBudgetBurnFast', 'FlorinDecisionBudgetBurnSlow']),
        burnRate(),
        decisionTime(),
        switches(),
      ],
      Purchases: [requested(), decided(), answers(), aborted()],
      Money: [
        graph({
          title: 'Money moved',
          description: 'Minor units per second by kind of transfer and currency',
          unit: 'short',
          queries: [
            {
              expr: 'sum by (kind, currency) (rate(florin_money_moved_minor_total[$__rate_interval]))',
              legend: '{{kind}} {{currency}}',
            },
          ],
        }),
        graph({
          title: 'Decisions of payment',
          description: 'Payments decided per second by outcome and code',
          unit: 'ops',
          queries: [
            {
              expr: 'sum by (outcome, code) (rate(florin_payments_decided_total[$__rate_interval]))',
              legend: '{{outcome}} {{code}}',
            },
          ],
        }),
        byState('Holds', 'florin_holds', []),
        byState('Top-ups', 'florin_top_ups', ['FlorinTopUpsPending']),
        byState('Refunds', 'florin_refunds', []),
      ],
    },
  });
}

function objective(slo: string, title: string, alerts: readonly string[]) {
  return [
    figure({
      title: `${title}, 30 days`,
      description: `Share of purchases that meet the objective "${slo}" (99.9%)`,
      unit: 'percentunit',
      failBelow: 0.999,
      queries: [{ expr: `1 - florin:slo_errors:ratio_rate30d{slo="${slo}"}`, legend: title }],
      alerts,
    }),
    figure({
      title: `Error budget left: ${slo}`,
      description:
        'What is left of the 0.1% of purchases that may miss the objective in 30 days. Below 0 the objective is missed',
      unit: 'percentunit',
      failBelow: 0,
      queries: [{ expr: `florin:slo_error_budget_left:ratio{slo="${slo}"}`, legend: slo }],
      alerts,
    }),
  ];
}

function burnRate() {
  return graph({
    title: 'Burn rate',
    description:
      'Error rate of an hour, divided by the allowed one. At 1 the budget lasts for 30 days, at 14.4 an hour takes 2% of it and pages',
    unit: 'short',
    warnAt: 1,
    failAt: 14.4,
    queries: [{ expr: 'florin:slo_errors:ratio_rate1h / on (slo) florin:slo_error_budget:ratio', legend: '{{slo}}' }],
    alerts: ['FlorinAcceptBudgetBurnFast', 'FlorinDecisionBudgetBurnFast'],
  });
}

function decisionTime() {
  const quantile = (share: number): string =>
    `histogram_quantile(${share}, sum by (le) (rate(florin_purchase_decision_seconds_bucket{service="product"}[$__rate_interval])))`;
  return graph({
    title: 'Time from request to decision',
    description:
      'Percentiles over all decided purchases. A purchase without a decision is missing here and counts in the objective',
    unit: 's',
    failAt: 1,
    queries: [
      { expr: quantile(0.5), legend: '50%' },
      { expr: quantile(0.99), legend: '99%' },
      { expr: quantile(0.999), legend: '99.9%' },
    ],
    alerts: ['FlorinDecisionBudgetBurnFast'],
  });
}

function switches() {
  return graph({
    title: 'Switches that are on',
    description: 'A switch stops a part of Florin on purpose',
    unit: 'short',
    failAt: 1,
    queries: [{ expr: 'max by (service, switch) (florin_switch)', legend: '{{service}} {{switch}}' }],
    alerts: ['FlorinSwitchThrown'],
  });
}

function requested() {
  return graph({
    title: 'Purchases',
    description: 'Purchases requested and decided per second',
    unit: 'ops',
    queries: [
      { expr: 'sum(rate(florin_purchases_requested_total[$__rate_interval]))', legend: 'requested' },
      { expr: 'sum(rate(florin_purchases_decided_total[$__rate_interval]))', legend: 'decided' },
    ],
  });
}

function decided() {
  return graph({
    title: 'Decisions by outcome',
    description: 'Purchases decided per second by outcome, and by code if they are declined',
    unit: 'ops',
    isStacked: true,
    queries: [
      {
        expr: 'sum by (outcome, code) (rate(florin_purchases_decided_total[$__rate_interval]))',
        legend: '{{outcome}} {{code}}',
      },
    ],
  });
}

function answers() {
  return graph({
    title: 'Answers to POST /v1/purchases',
    description: 'Answers per second by status. 5xx count against the objective, 499 counts in neither direction',
    unit: 'reqps',
    isStacked: true,
    queries: [
      {
        expr: `sum by (status) (rate(http_request_duration_seconds_count{${ACCEPT}}[$__rate_interval]))`,
        legend: '{{status}}',
      },
    ],
    alerts: ['FlorinAcceptBudgetBurnFast'],
  });
}

function aborted() {
  return graph({
    title: 'Aborted requests for a purchase',
    description: 'Share of callers who closed the connection before the answer',
    unit: 'percentunit',
    failAt: 0.1,
    queries: [
      {
        expr: `sum(rate(http_request_duration_seconds_count{${ACCEPT},status="499"}[$__rate_interval])) / sum(rate(http_request_duration_seconds_count{${ACCEPT}}[$__rate_interval]))`,
        legend: 'aborted',
      },
    ],
    alerts: ['FlorinPurchasesAborted'],
  });
}

function byState(title: string, metric: string, alerts: readonly string[]) {
  return graph({
    title,
    description: `${title} by state. Every instance counts the same rows`,
    unit: 'short',
    queries: [{ expr: `max by (state) (${metric})`, legend: '{{state}}' }],
    alerts,
  });
}
