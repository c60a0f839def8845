import type { Knex } from 'knex';
import { query } from './query.ts';

export type SchemaColumn = {
  table: string;
  name: string;
  /** The type without the display width that only MariaDB shows. */
  type: string;
  collation: string | null;
  isNullable: boolean;
  /** SQL text, a literal or an expression; undefined without a default. */
  default: string | undefined;
  /** AUTO_INCREMENT, or the action on a change of the row. */
  extra: string;
  generated: string | undefined;
};

/** Tables that record the migrations. */
const BOOK_KEEPING = ['migrations', 'migrations_lock'];

type Row = {
  table_name: string;
  column_name: string;
  column_type: string;
  collation_name: string | null;
  is_nullable: 'YES' | 'NO';
  column_default: string | null;
  extra: string;
  generation_expression: string | null;
};

/** Reads the columns of all tables of the database, the same on MySQL and on MariaDB. */
export async function readColumns(db: Knex): Promise<SchemaColumn[]> {
  const rows = await query<Row>(
    db,
    `SELECT table_name AS table_name, column_name AS column_name, column_type AS column_type, collation_name AS collation_name,
       is_nullable AS is_nullable, column_default AS column_default, extra AS extra, generation_expression AS generation_expression
     FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT IN (?)
     ORDER BY table_name, ordinal_position`,
    [BOOK_KEEPING],
  );
  return rows.map((row) => ({
    table: row.table_name,
    name: row.column_name,
    type: typeOf(row.column_type),
    collation: row.collation_name,
    isNullable: row.is_nullable === 'YES',
    default: defaultOf(row),
    extra: extraOf(row.extra),
    generated: row.generation_expression ? plainExpression(row.generation_expression) : undefined,
  }));
}

/** Groups rows by their table, in their order. */
export function byTable<Row extends { table: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.table, [...(groups.get(row.table) ?? []), row]);
  return groups;
}

export function isBookKeeping(table: string): boolean {
  return BOOK_KEEPING.includes(table);
}

/** `bigint(20) unsigned` and `bigint unsigned` are the same; for other types the width matters. */
export function typeOf(sqlType: string): string {
  return sqlType.toLowerCase().replace(/\b(tinyint|smallint|mediumint|int|bigint)\(\d+\)/, '$1');
}

function defaultOf({ column_default: text, generation_expression: generated }: Row): string | undefined {
  if (text === null || text === 'NULL' || generated) return undefined;
  if (/^current_timestamp/i.test(text)) return text.toUpperCase();
  // MariaDB quotes a text, MySQL does not.
  return /^('.*'|-?\d+(\.\d+)?)$/.test(text) ? text : `'${text}'`;
}

function extraOf(extra: string): string {
  return extra
    .replaceAll(/DEFAULT_GENERATED|STORED GENERATED|VIRTUAL GENERATED/gi, '')
    .replace(/\(\)/, '')
    .trim()
    .toUpperCase();
}

/**
 * Normalises an expression to one form for both servers: lower case, without quotes around names and character sets before texts.
 * MariaDB shows `lower` as `lcase`, and bytes as `x'00'` instead of `0x00`.
 * Redundant parentheses are removed, because the servers differ in them.
 */
export function plainExpression(expression: string): string {
  const tokens = expression
    .replaceAll("\\'", "'")
    .replaceAll(/_(utf8mb3|utf8mb4|latin1|ascii|binary)(?=')/gi, '')
    .replaceAll(/\bx'([\da-f]+)'/gi, '0x$1')
    .replaceAll(/\blcase(?=\()/gi, 'lower')
    .match(/'(?:[^']|'')*'|`[^`]*`|[\w.]+|<=>|<>|!=|<=|>=|\S/g);
  return spaced(withoutGroups(tokens ?? []));
}

const operators = new Set([
  'and',
  'or',
  'not',
  'between',
  'is',
  'null',
  'then',
  'else',
  'when',
  'case',
  'xor',
  'div',
  'mod',
  'like',
]);

/** Keeps the parentheses of calls and lists: those after a name or `in`. */
function withoutGroups(tokens: readonly string[]): string[] {
  const kept: string[] = [];
  const isKept: boolean[] = [];
  for (const token of tokens.map(plainToken)) {
    if (token === '(') isKept.push(/^\w+$/.test(kept.at(-1) ?? '') && !operators.has(kept.at(-1) ?? ''));
    const stays = token === '(' ? isKept.at(-1) : token === ')' ? isKept.pop() : true;
    if (stays) kept.push(token);
  }
  return kept;
}

function plainToken(token: string): string {
  if (token.startsWith("'")) return token;
  if (token === '!=') return '<>';
  return token.replaceAll('`', '').toLowerCase();
}

function spaced(tokens: readonly string[]): string {
  return (
    tokens
      .join(' ')
      .replaceAll(/ ?\( ?/g, '(')
      .replaceAll(/ \)/g, ')')
      .replaceAll(/ ,/g, ',')
      .replaceAll(/\bin\(/g, 'in (')
      // MySQL stores `name REGEXP 'x'` as a call.
      .replaceAll(/\bregexp_like\((\w+), ('(?:[^']|'')*')\)/g, '$1 regexp $2')
      .replaceAll(/(^|[(,=<>+*-] |between |and |or )- (\d)/g, '$1-$2')
  );
}
