/** Values in the columns of a Florin file. A column whose cell is empty has the value undefined. */
export type Values = Readonly<Record<string, unknown>>;

export type ShopRecord = {
  /** The first of its lines, from 1. */
  line: number;
  cells: readonly string[];
};

/** Why a row has no product. */
export type Refusal = { code: 'MALFORMED_ROW' | 'PARENT_NOT_FOUND' | 'UNSUPPORTED_PRODUCT'; message: string; sku?: string };

/** A row of a Florin file, made from the record at `line`. A record may make several rows, and several records one row. */
export type ShopRow = { line: number } & ({ values: Values; refusal?: never } | { values?: never; refusal: Refusal });

/** A shop's file while it is read. Both functions return rows in the order in which they are to be imported. */
export type ShopFile = {
  /** Columns that are not read, of the headers so far. */
  ignored(): readonly string[];
  /** The number of cells that a record may have. */
  widthOf(cells: readonly string[]): number;
  read(record: ShopRecord): Iterable<ShopRow>;
  /** The rows that were held until the end of the file. */
  end(): Iterable<ShopRow>;
};

export const weightUnits = ['g', 'kg', 'oz', 'lb'] as const;
export type WeightUnit = (typeof weightUnits)[number];

export type ShopFileOptions = {
  /** The unit of a column that names none. */
  weightUnit: WeightUnit;
  /** The tax that net prices lack, and the decimals to which prices are rounded then. */
  tax: { ratePercent: number; decimals: number };
  /** Decides whether a sale price is in force. */
  now: Date;
};
