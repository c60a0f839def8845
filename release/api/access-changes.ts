import type { Operation, SecurityRequirement } from './read-operations.ts';
import type { Pair } from './schema-changes.ts';

/** The values of `x-access`, from the widest to the narrowest: who has a later one also has the earlier ones. */
const AUDIENCES = ['anyone', 'session', 'user', 'staff', 'admin'];

/** Describes what keeps callers of an operation out who could call it before: another token, a further permission, a higher role. */
export function accessChanges(name: string, operations: Pair<Operation>): string[] {
  return [...securityChanges(name, operations), ...audienceChanges(name, operations)];
}

/** A caller who fulfils one of the old requirements must fulfil one of today's. */
function securityChanges(name: string, { before, after }: Pair<Operation>): string[] {
  return before.security
    .filter((old) => !after.security.some((today) => isCoveredBy(today, old)))
    .map((old) => (isOpen(old) ? `${name} newly requires a token` : `${name} no longer accepts ${describe(old)}`));
}

/** Whether a caller with `given` fulfils a requirement: each of its schemes, with each of its permissions. */
function isCoveredBy(requirement: SecurityRequirement, given: SecurityRequirement): boolean {
  return Object.entries(requirement).every(
    ([scheme, permissions]) => scheme in given && permissions.every((one) => given[scheme]?.includes(one)),
  );
}

function isOpen(requirement: SecurityRequirement): boolean {
  return Object.keys(requirement).length === 0;
}

function describe(requirement: SecurityRequirement): string {
  return Object.entries(requirement)
    .map(([scheme, permissions]) => (permissions.length === 0 ? scheme : `${scheme} (${permissions.join(', ')})`))
    .join(' and ');
}

/** A document of before `x-access` says nothing of roles. */
function audienceChanges(name: string, { before, after }: Pair<Operation>): string[] {
  const [old, today] = [before.access, after.access];
  if (old === undefined || old === today) return [];
  const isWider = today !== undefined && AUDIENCES.includes(today) && AUDIENCES.indexOf(today) < AUDIENCES.indexOf(old);
  return isWider ? [] : [`${name}: x-access was ${old} and is ${today ?? 'none'}`];
}
