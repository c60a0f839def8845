import type { Refusal, ShopRecord, ShopRow, Values } from './shop-file.ts';

/** A record whose cells are read by the names of a format. */
export type Cells<Name extends string> = {
  line: number;
  has(name: Name): boolean;
  /** The text of a cell without surrounding blanks; empty if the file has no such column. */
  text(name: Name): string;
  /** The text of a cell as it is. */
  raw(name: Name): string;
  /** The value of a field of Florin: nothing if the file has no such column, undefined if the cell is empty. */
  field(field: string, name: Name, read?: (text: string) => unknown): Values;
};

export type Columns<Name extends string> = {
  cells(record: ShopRecord): Cells<Name>;
  /** Marks further cells of the header as read. */
  take(index: number): void;
  ignored(): string[];
};

export type ColumnNames<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** The form in which names of columns are compared. */
export function plainName(cell: string): string {
  return cell.trim().toLowerCase();
}

/** Finds the columns of a format in a header. A column may have several names, of which the first one found counts. */
export function openColumns<Name extends string>(
  header: readonly string[],
  names: ColumnNames<Name>,
  nameOf: (cell: string) => string = plainName,
): Columns<Name> {
  const found = header.map(nameOf);
  const places = new Map<Name, number>();
  for (const name of Object.keys(names) as Name[]) {
    const known = names[name].find((known) => found.includes(known));
    if (known !== undefined) places.set(name, found.indexOf(known));
  }
  const taken = new Set(places.values());
  return {
    take: (index) => void taken.add(index),
    ignored: () => header.filter((cell, index) => cell.trim() !== '' && !taken.has(index)).map((cell) => cell.trim()),
    cells: (record) => cellsOf(record, places),
  };
}

function cellsOf<Name extends string>({ line, cells }: ShopRecord, places: ReadonlyMap<Name, number>): Cells<Name> {
  const raw = (name: Name): string => cells[places.get(name) ?? -1] ?? '';
  const text = (name: Name): string => raw(name).trim();
  return {
    line,
    has: (name) => places.has(name),
    raw,
    text,
    field(field, name, read = (text) => text) {
      if (!places.has(name)) return {};
      const found = text(name);
      return { [field]: found === '' ? undefined : read(found) };
    },
  };
}

/** The length of the text of a record, in UTF-16 units. */
export function lengthOf({ cells }: ShopRecord): number {
  return cells.reduce((length, cell) => length + cell.length, 0);
}

/** The columns `option1` to `option3` of a Florin file. */
export function optionCells(texts: readonly (string | undefined)[]): Values {
  return Object.fromEntries(texts.map((text, index) => [`option${index + 1}`, text]));
}

/** The description of a row that has two texts. It is empty only if both are. */
export function descriptionField(row: Cells<'description' | 'summary'>, read: () => string): Values {
  const description = row.field('description', 'description', read);
  return row.text('description') === '' ? { ...description, ...row.field('description', 'summary', read) } : description;
}

/** A row that has no product. An empty SKU is none. */
export function refusal(line: number, { sku = '', ...why }: Refusal): ShopRow {
  return { line, refusal: { ...why, ...(sku === '' ? {} : { sku }) } };
}
