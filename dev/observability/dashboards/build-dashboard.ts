import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  ConstantVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource } from './panels.ts';

type Options = {
  uid: string;
  title: string;
  description: string;
  /** Rows by their title, from top to bottom. */
  rows: Readonly<Record<string, readonly Builder<Panel>[]>>;
};

/** Where the folder docs/ can be read. Links to the runbook begin with it. */
const DOCS = 'https://git.example.com/florin/src/branch/main/docs';

/** Builds a dashboard with the variables and links that all dashboards of Florin have. */
export function buildDashboard({ uid, title, description, rows }: Options): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['florin'])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-6h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
      labelVariable('service', 'process_start_time_seconds{job="florin"}'),
      labelVariable('instance', 'process_start_time_seconds{job="florin",service=~"$service"}'),
      new ConstantVariableBuilder('docs').description('Where the folder docs/ can be read').value(DOCS),
    ])
    .links([
      new DashboardLinkBuilder('Florin').type(DashboardLinkType.Dashboards).tags(['florin']).keepTime(true).includeVars(true),
      new DashboardLinkBuilder('Runbook').type(DashboardLinkType.Link).url('$docs/runbook.md').targetBlank(true),
    ]);
  for (const [name, panels] of Object.entries(rows)) {
    dashboard.withRow(new RowBuilder(name));
    for (const panel of panels) dashboard.withPanel(panel);
  }
  return withPanelIds(dashboard.build());
}

/** Numbers the panels: Grafana needs an id of each, and would choose one of its own. */
function withPanelIds(dashboard: Dashboard): Dashboard {
  return { ...dashboard, panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })) };
}

function labelVariable(label: string, series: string): QueryVariableBuilder {
  const query = `label_values(${series}, ${label})`;
  return new QueryVariableBuilder(label)
    .label(label.charAt(0).toUpperCase() + label.slice(1))
    .datasource(datasource)
    .query({ query, refId: label })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*');
}
