import { writeFileSync } from 'node:fs';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { messagingDashboard } from './dashboards/messaging-dashboard.ts';
import { platformDashboard } from './dashboards/platform-dashboard.ts';
import { serviceDashboard } from './dashboards/service-dashboard.ts';

const folder = new URL('../../deploy/observability/grafana/dashboards/', import.meta.url);

/** The dashboards of Florin, which Grafana reads as JSON. */
export function allDashboards(): Dashboard[] {
  return [platformDashboard(), messagingDashboard(), serviceDashboard()];
}

/** The committed file of a dashboard. */
export function dashboardFile({ uid }: Dashboard): URL {
  return new URL(`${uid}.json`, folder);
}

export function dashboardJson(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

export function writeDashboards(): void {
  for (const dashboard of allDashboards()) writeFileSync(dashboardFile(dashboard), dashboardJson(dashboard));
}
