import type { ChaosRun } from './chaos-run.ts';
import type { FaultRecord } from './counters.ts';
import { printRun } from './print-run.ts';

const WIDTH = 1_000;
const LEFT = 130;
const LANE = 22;
const CHART = 110;

const colours: Record<FaultRecord['kind'], string> = {
  kill: '#c0392b',
  crash: '#e67e22',
  stop: '#8e44ad',
  broker: '#2c3e50',
  database: '#16a085',
  network: '#2980b9',
  duplicate: '#7f8c8d',
  poison: '#27ae60',
  clock: '#8c564b',
  switch: '#b8860b',
  'unexpected end': '#000000',
};

/** Renders a run as one HTML page: its timeline as a chart, and the table below. */
export function reportPage(run: ChaosRun, command: string): string {
  const { counters, findings, seed } = run;
  const seconds = Math.max(1, counters.perSecond.length, ...counters.faults.map(({ atMs }) => atMs / 1000));
  const kinds = (Object.keys(colours) as FaultRecord['kind'][]).filter((kind) =>
    counters.faults.some((one) => one.kind === kind),
  );
  const x = (second: number): number => LEFT + (second / seconds) * (WIDTH - LEFT - 10);
  const height = CHART + 30 + kinds.length * LANE + 20;
  const verdict = findings.length === 0 ? '0 violations' : `${findings.length} violations`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Florin, chaos run with seed ${seed}: ${verdict}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: ${WIDTH}px; margin: 2rem auto; padding: 0 1rem; color: #222; }
  h1 { font-size: 1.3rem; } .bad { color: #c0392b; } svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
  pre { background: #f6f6f4; padding: 1rem; overflow-x: auto; font-size: 13px; }
</style>
<h1>Seed ${seed}: <span class="${findings.length === 0 ? 'good' : 'bad'}">${verdict}</span></h1>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Operations per second and faults over time">
${operationsPath(counters.perSecond, x)}
${kinds.map((kind, lane) => laneOf(kind, CHART + 30 + lane * LANE, { faults: counters.faults, x })).join('\n')}
${ticks(seconds, x, height)}
</svg>
<pre>${asText(printRun(run, command))}</pre>
</html>
`;
}

/** Draws operations per second in at most 300 steps. */
function operationsPath(perSecond: readonly number[], x: (second: number) => number): string {
  const step = Math.max(1, Math.ceil(perSecond.length / 300));
  const rates: number[] = [];
  for (let start = 0; start < perSecond.length; start += step) {
    const part = Array.from({ length: step }, (_, index) => perSecond[start + index] ?? 0);
    rates.push(part.reduce((sum, count) => sum + count, 0) / step);
  }
  const highest = Math.max(1, ...rates);
  const points = rates.map(
    (rate, index) => `${x(index * step).toFixed(1)},${(CHART - (rate / highest) * (CHART - 15)).toFixed(1)}`,
  );
  return `<text x="0" y="20">operations/s</text><text x="0" y="36">up to ${highest.toFixed(0)}</text>
<polyline fill="none" stroke="#27ae60" stroke-width="1.5" points="${points.join(' ')}"/>
<line x1="${LEFT}" y1="${CHART}" x2="${WIDTH - 10}" y2="${CHART}" stroke="#ccc"/>`;
}

function laneOf(
  kind: FaultRecord['kind'],
  y: number,
  { faults, x }: { faults: readonly FaultRecord[]; x: (second: number) => number },
): string {
  const marks = faults
    .filter((one) => one.kind === kind)
    .map(
      ({ atMs, point }) =>
        `<rect x="${x(atMs / 1000).toFixed(1)}" y="${y - 11}" width="2" height="14" fill="${colours[kind]}"><title>${(atMs / 1000).toFixed(1)} s: ${asText(`${kind}, ${point}`)}</title></rect>`,
    );
  return `<text x="0" y="${y}">${kind} (${marks.length})</text>${marks.join('')}`;
}

function ticks(seconds: number, x: (second: number) => number, height: number): string {
  const every = [10, 30, 60, 300, 600].find((step) => seconds / step <= 12) ?? 1_800;
  const marks: string[] = [];
  for (let second = 0; second <= seconds; second += every) {
    const label = every < 60 ? `${second} s` : `${second / 60} min`;
    marks.push(`<text x="${x(second).toFixed(1)}" y="${height - 4}" fill="#888">${label}</text>`);
  }
  return marks.join('');
}

function asText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
