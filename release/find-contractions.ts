import type { Migration } from '@florin/database';

export type Step = Pick<Migration, 'name' | 'contracts' | 'reviewed'> & { statements: readonly string[] };

/**
 * Enforces expand and contract: a migration may only add what instances of the previous release can ignore. The contract
 * step, which removes what no release reads, is marked `contracts` with the earlier migration that added the
 * replacement. Every statement not known to be harmless is reported. Pure.
 *
 * @param steps all migrations of one database, in order
 */
export function findContractions(steps: readonly Step[]): string[] {
  const checks = new Map<string, string>();
  let triggers: Triggers = new Map();
  return steps.flatMap((step, index) => {
    const before = triggers;
    triggers = triggersAfter(step.statements, before);
    const findings = findingsOf(step, { checks, triggers: { before, after: triggers } });
    for (const { name, on } of step.statements.flatMap(checksIn)) checks.set(name, on);
    return judge(step, findings, steps.slice(0, index)).map((finding) => `${step.name} ${finding}`);
  });
}

function judge({ contracts }: Step, findings: readonly string[], earlier: readonly Step[]): readonly string[] {
  if (contracts === undefined) return findings;
  if (!earlier.some(({ name }) => name === contracts)) return [`contracts ${contracts}, which is no earlier migration`];
  return findings.length === 0 ? ['is marked to contract, and takes nothing away'] : [];
}

type Known = { checks: ReadonlyMap<string, string>; triggers: Record<'before' | 'after', Triggers> };

function findingsOf(step: Step, { checks, triggers }: Known): string[] {
  const { statements, reviewed = {} } = step;
  const context: Context = {
    checks,
    created: new Set(
      statements.flatMap((statement) => /^\s*CREATE TABLE\s+(?:IF NOT EXISTS )?`?(\w+)/i.exec(statement)?.[1] ?? []),
    ),
    columns: statements.flatMap(clausesOf).flatMap((clause) => /^ADD COLUMN `?(\w+)/i.exec(clause)?.[1] ?? []),
  };
  const found = [
    ...statements.flatMap((statement) => judgeStatement(statement, context)),
    ...judgeTriggers(triggers, context.created),
  ];
  const unknown = Object.keys(reviewed).filter((name) => !found.some((fault) => fault.name === name));
  return [
    ...found.filter(({ name }) => name === undefined || reviewed[name] === undefined).map(({ why }) => why),
    ...unknown.map((name) => `calls ${name} reviewed, which needs no review`),
  ];
}

type Context = {
  checks: ReadonlyMap<string, string>;
  /** Tables and columns created by this migration, unknown to older instances. */
  created: ReadonlySet<string>;
  columns: readonly string[];
};

type Fault = { why: string; name?: string | undefined };

function judgeStatement(statement: string, context: Context): Fault[] {
  const text = statement.replaceAll(/\s+/g, ' ').trim();
  if (/^(CREATE TABLE|CREATE INDEX|CREATE TRIGGER|DROP TRIGGER|INSERT|UPDATE|SELECT) /i.test(text)) return [];
  const altered = /^(?:ALTER TABLE|DELETE FROM) `?(\w+)/i.exec(text)?.[1];
  const isDelete = /^DELETE /i.test(text);
  if (altered === undefined || (isDelete && !context.created.has(altered)))
    return [{ why: `is not known to be harmless: ${text.slice(0, 100)}` }];
  if (context.created.has(altered)) return [];
  return clausesOf(statement).flatMap((clause) => judgeClause(clause, { ...context, table: altered }));
}

/** Table and whole statement by name. */
type Triggers = ReadonlyMap<string, { table: string; text: string }>;

function triggersAfter(statements: readonly string[], before: Triggers): Triggers {
  const after = new Map(before);
  for (const statement of statements) {
    const text = statement.replaceAll(/\s+/g, ' ').trim();
    const [, name, table = ''] = /^CREATE TRIGGER (?:IF NOT EXISTS )?`?(\w+)`? .*? ON `?(\w+)/i.exec(text) ?? [];
    if (name !== undefined) after.set(name, { table, text });
    after.delete(/^DROP TRIGGER (?:IF EXISTS )?`?(\w+)/i.exec(text)?.[1] ?? '');
  }
  return after;
}

/** Leaves out triggers that are created again unchanged, and those that exist during the migration only. */
function judgeTriggers({ before, after }: Record<'before' | 'after', Triggers>, created: ReadonlySet<string>): Fault[] {
  const added = [...after].filter(([name, { table, text }]) => before.get(name)?.text !== text && !created.has(table));
  return [
    ...added.map(([name]) => ({ why: `adds trigger ${name}, which older instances do not know`, name })),
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => ({ why: `drops trigger ${name}`, name })),
  ];
}

function judgeClause(clause: string, { table, checks, columns }: Context & { table: string }): Fault[] {
  const [, modified] = /^MODIFY (?:COLUMN )?`?(\w+)/i.exec(clause) ?? [];
  if (modified !== undefined) {
    const name = `${table}.${modified}`;
    return [{ why: `changes the type of ${name}, which older instances read and write`, name }];
  }
  const concernsNewColumn = columns.some((column) => new RegExp(`\\b${column}\\b`).test(clause));
  const [, column] = /^ADD COLUMN `?(\w+)/i.exec(clause) ?? [];
  if (column !== undefined) {
    const isFilled = !/\bNOT NULL\b/i.test(clause) || /\b(DEFAULT|AUTO_INCREMENT|GENERATED|AS \()/i.test(clause);
    return isFilled ? [] : [{ why: `adds column ${column}, which older instances leave out and which has no default` }];
  }
  if (/^ADD (KEY|INDEX|FULLTEXT) /i.test(clause) || /^DROP (CONSTRAINT|CHECK) /i.test(clause)) return [];
  if (/^ALGORITHM=\w+$/i.test(clause)) return [];
  const [, name] = /^ADD (?:UNIQUE KEY|UNIQUE INDEX|UNIQUE|CONSTRAINT) `?(\w+)/i.exec(clause) ?? [];
  if (name === undefined) return [{ why: `is not known to be harmless: ${clause.slice(0, 100)}` }];
  const [check] = checksIn(`ALTER TABLE t ${clause}`);
  if (concernsNewColumn || (check !== undefined && isWider(checks.get(name), check.on))) return [];
  return [{ why: `adds ${name}, which may refuse what older instances write`, name }];
}

function checksIn(statement: string): { name: string; on: string }[] {
  return clausesOf(statement).flatMap((clause) => {
    const [, name, on] = /CONSTRAINT `?(\w+)`? CHECK ?\((.*)\)/i.exec(clause) ?? [];
    return name === undefined || on === undefined ? [] : [{ name, on: on.trim() }];
  });
}

/** True if the new rule accepts whatever the old one did: an equal rule, or a longer list for the same column. */
function isWider(before: string | undefined, now: string): boolean {
  const list = /^(\w+) IN \((.*)\)$/i;
  const [, column, values = ''] = list.exec(before ?? '') ?? [];
  const [, sameColumn, more = ''] = list.exec(now) ?? [];
  if (before === now) return true;
  const allowed = new Set(more.split(',').map((value) => value.trim()));
  return column !== undefined && column === sameColumn && values.split(',').every((value) => allowed.has(value.trim()));
}

/** Splits an ALTER TABLE or CREATE TABLE at its outermost commas. */
function clausesOf(statement: string): string[] {
  const text = statement.replaceAll(/\s+/g, ' ').trim();
  const [, altered] = /^ALTER TABLE `?\w+`? (.*)$/i.exec(text) ?? [];
  const [, created] = /^CREATE TABLE (?:IF NOT EXISTS )?`?\w+`? \((.*)\)/i.exec(text) ?? [];
  const body = altered ?? created ?? '';
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < body.length; at++) {
    const character = body[at];
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) {
      parts.push(body.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, body.slice(start).trim()].filter(Boolean);
}
