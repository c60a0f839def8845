import { columnType } from './file-columns.ts';
import type { RowFault } from './import-row.ts';
import { decimalFault, integerFault, signedIntegerFault } from './spreadsheet-numbers.ts';

type Typed = { values: Record<string, unknown>; faults: RowFault[] };

/** Reads the texts of cells as the types of their columns. A cell that cannot be read keeps its text and becomes a fault. */
export function typedCells(values: Readonly<Record<string, unknown>>): Typed {
  const read: Record<string, unknown> = { ...values };
  const faults: RowFault[] = [];
  for (const [path, text] of Object.entries(values)) {
    if (typeof text !== 'string') continue;
    const cell = readers[columnType(path)](text);
    if ('fault' in cell) faults.push({ path, message: `${path} ${cell.fault}` });
    else read[path] = cell.value;
  }
  return { values: read, faults };
}

type Cell = { value: unknown } | { fault: string };

const readers: Readonly<Record<ReturnType<typeof columnType>, (text: string) => Cell>> = {
  text: (text) => ({ value: text }),
  integer: (text) => numberOf(text, integerFault(text)),
  'signed integer': (text) => numberOf(text, signedIntegerFault(text)),
  decimal: (text) => numberOf(text, decimalFault(text)),
  tags: (text) => ({
    value: text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  }),
  json: readJson,
};

function numberOf(text: string, fault: string | undefined): Cell {
  return fault === undefined ? { value: Number(text) } : { fault };
}

/** Objects and lists are checked by their schema, which looks two levels deep. */
function readJson(text: string): Cell {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: 'must be JSON, as in an export' };
  }
}
