import type { ScenarioResult, Table } from './scenario.ts';

/** Formats tables and targets for a terminal. */
export function printResult({ tables, targets }: ScenarioResult): string {
  const verdicts = targets.map(
    ({ what, wanted, measured, isMet }) => `  ${isMet ? 'met    ' : 'not met'}  ${what}: ${measured} (${wanted})`,
  );
  return ['', ...tables.flatMap(printTable), ...(targets.length > 0 ? ['Targets', ...verdicts] : [])].join('\n');
}

function printTable({ title, columns, rows }: Table): string[] {
  const cells = [columns, ...rows].map((row) => row.map(printCell));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const lines = cells.map((row) => row.map((cell, index) => pad(cell, { index, widths })).join('  '));
  return [title, ...lines.map((line) => `  ${line}`), ''];
}

function pad(cell: string, { index, widths }: { index: number; widths: readonly number[] }): string {
  const width = widths[index] ?? 0;
  return index === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** Rounds to three significant digits. */
export function printCell(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  return Math.abs(cell) >= 100 || Number.isInteger(cell) ? Math.round(cell).toLocaleString('en') : cell.toPrecision(3);
}
