import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  GraphDrawStyle,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  StackingMode,
  TooltipDisplayMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLink,
  DashboardLinkBuilder,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source that the reader of a dashboard chooses. */
export const datasource = { type: 'prometheus', uid: '$datasource' };

/** Units of Grafana that the panels use. */
export type Unit = 's' | 'short' | 'percentunit' | 'reqps' | 'ops' | 'bytes';

export type PanelOptions = {
  title: string;
  description: string;
  unit: Unit;
  /** Expressions with the legend of their series. */
  queries: readonly { expr: string; legend: string }[];
  /** Yellow from here on. */
  warnAt?: number;
  /** Red from here on. */
  failAt?: number;
  /** Red below. */
  failBelow?: number;
  /** The alerts whose paragraphs of the runbook explain the panel. */
  alerts?: readonly string[];
  isStacked?: boolean;
};

/** A graph over time, a third of the width. */
export function graph(options: PanelOptions): GraphBuilder {
  const { title, description, unit, queries, isStacked = false } = options;
  const hasThresholds = stepsOf(options).length > 1;
  const panel = new GraphBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .datasource(datasource)
    .height(8)
    .span(8)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(isStacked ? 30 : 5)
    .stacking(new common.StackingConfigBuilder().mode(isStacked ? StackingMode.Normal : StackingMode.None))
    .thresholds(thresholdsOf(options))
    .thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(
        hasThresholds ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off,
      ),
    )
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .links(linksOf(options))
    .targets(queries.map((query, index) => targetOf(query, index)));
  return unit === 's' ? panel : panel.min(0);
}

/** The current value as a large figure, a quarter of the width. */
export function figure(options: PanelOptions): StatBuilder {
  const { title, description, unit, queries } = options;
  return new StatBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .datasource(datasource)
    .height(4)
    .span(6)
    .noValue('no data')
    .thresholds(thresholdsOf(options))
    .links(linksOf(options))
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .targets(queries.map((query, index) => targetOf(query, index).instant()));
}

/** The address of an alert's paragraph in the runbook, relative to the folder `docs`. */
export function runbookPath(alert: string): string {
  return `runbook.md#${alert.toLowerCase()}`;
}

function linksOf({ alerts = [] }: PanelOptions): Builder<DashboardLink>[] {
  return alerts.map((alert) =>
    new DashboardLinkBuilder(`Runbook: ${alert}`).url(`$docs/${runbookPath(alert)}`).targetBlank(true),
  );
}

function targetOf({ expr, legend }: { expr: string; legend: string }, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .datasource(datasource)
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .expr(expr)
    .legendFormat(legend)
    .range();
}

function thresholdsOf(options: PanelOptions): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(options));
}

function stepsOf({ warnAt, failAt, failBelow }: PanelOptions): Threshold[] {
  return [
    { value: null, color: failBelow === undefined ? 'green' : 'red' },
    ...(failBelow === undefined ? [] : [{ value: failBelow, color: 'green' }]),
    ...(warnAt === undefined ? [] : [{ value: warnAt, color: 'yellow' }]),
    ...(failAt === undefined ? [] : [{ value: failAt, color: 'red' }]),
  ];
}
