import { inspectService } from '@florin/service';
import { loadDefinition } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';

const BEGIN = '<!-- metrics: written by npm run docs -->';
const END = '<!-- end of metrics -->';

type Row = { name: string; labelNames: readonly string[]; help: string; services: string[] };

/** Replaces the table of metrics in a page by one that is made from the registries of the services. */
export async function withMetricTable(page: string): Promise<string> {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} with ${END} after it.`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${await metricTable()}\n\n${page.slice(end)}`;
}

async function metricTable(): Promise<string> {
  const rows = [...(await metricsByName()).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return ['| metric | services | meaning |', '|---|---|---|', ...rows.map(rowText)].join('\n');
}

function rowText({ name, labelNames, help, services }: Row): string {
  const labels = labelNames.length === 0 ? '' : `{${labelNames.join(',')}}`;
  const where = services.length === serviceNames.length ? 'all' : services.join(', ');
  return `| \`${name}${labels}\` | ${where} | ${help.replaceAll('|', '\\|')} |`;
}

async function metricsByName(): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const service of serviceNames) {
    for (const { name, labelNames, help } of inspectService(await loadDefinition(service)).metrics.registered) {
      const row = rows.get(name) ?? { name, labelNames, help, services: [] };
      row.services.push(service);
      rows.set(name, row);
    }
  }
  return rows;
}
