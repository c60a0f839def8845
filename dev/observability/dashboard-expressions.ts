import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

export type Shown = {
  title: string;
  type: string;
  id: number;
  description: string;
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: { unit: string } };
  links?: { title: string; url: string }[];
  targets: { expr: string; refId: string; legendFormat: string }[];
  datasource: unknown;
};

/** What Grafana puts in for its variables, so that Prometheus can read an expression. */
const variables: Record<string, string> = { $__rate_interval: '5m', $service: '.*', $instance: '.*' };

/** The panels of a dashboard, without its rows. */
export function panelsOf(dashboard: Dashboard): Shown[] {
  return (dashboard.panels ?? []).filter(({ type }) => type !== 'row') as unknown as Shown[];
}

/** The expressions of a panel as Prometheus gets them. */
export function expressionsOf({ targets }: Shown): string[] {
  return targets.map(({ expr }) => expr.replaceAll(/\$\w+/g, (name) => variables[name] ?? name));
}
