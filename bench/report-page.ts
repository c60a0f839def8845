import { printCell, printResult } from './print-result.ts';
import type { Scenario, ScenarioResult, Table } from './scenario.ts';

type Report = { scenario: Scenario; command: string; conditions: string; result: ScenarioResult };

const WIDTH = 900;
const BAR = 18;
const LABEL = 260;

/** Renders the figures as one HTML page: a plot for each numeric column, and the tables below. */
export function reportPage({ scenario, command, conditions, result }: Report): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Florin, bench ${scenario.name}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: ${WIDTH}px; margin: 2rem auto; padding: 0 1rem; color: #222; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; } svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
  pre { background: #f6f6f4; padding: 1rem; overflow-x: auto; font-size: 13px; }
</style>
<h1>${asText(scenario.name)}: ${asText(scenario.summary)}</h1>
<p>${asText(conditions)}<br><code>${asText(command)}</code></p>
${result.tables.map(plots).join('\n')}
<pre>${asText(printResult(result))}</pre>
</html>
`;
}

function plots({ title, columns, rows }: Table): string {
  return columns
    .map((column, index) => ({ column, values: rows.map((row) => row[index]), index }))
    .filter(
      ({ column, index, values }) => index > 0 && values.some((value) => typeof value === 'number') && column !== 'connections',
    )
    .map(({ column, values }) => plot(`${title}: ${column}`, values, labelsOf({ title, columns, rows })))
    .join('\n');
}

function plot(title: string, values: readonly (string | number | undefined)[], labels: readonly string[]): string {
  const numbers = values.map((value) => (typeof value === 'number' ? value : 0));
  const most = Math.max(...numbers, Number.MIN_VALUE);
  const bars = numbers.map((value, index) => {
    const y = index * BAR;
    const width = (value / most) * (WIDTH - LABEL - 90);
    return `<text x="0" y="${y + 13}">${asText(labels[index] ?? '')}</text><rect x="${LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="${BAR - 6}" fill="#2980b9"/><text x="${LABEL + width + 6}" y="${y + 13}">${value === 0 ? '' : printCell(value)}</text>`;
  });
  return `<h2>${asText(title)}</h2>
<svg viewBox="0 0 ${WIDTH} ${numbers.length * BAR}" role="img" aria-label="${asText(title)}">${bars.join('')}</svg>`;
}

/** Label of a row: its text cells, and its connections. */
function labelsOf({ columns, rows }: Table): string[] {
  return rows.map((row) =>
    row
      .map((cell, index) => (typeof cell === 'string' ? cell : columns[index] === 'connections' ? `${cell} connections` : ''))
      .filter((word) => word !== '')
      .join(', '),
  );
}

function asText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
