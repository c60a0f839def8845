import { isId } from '@florin/database';
import { runCommandLine, UsageError } from '../command-line.ts';
import { platformCurrency } from '../platform/platform-currency.ts';
import { findServiceDatabases } from '../platform/service-databases.ts';
import { allChecks } from './all-checks.ts';
import type { AuditReport } from './audit-report.ts';
import { count, seconds } from './counters.ts';
import { runAudit } from './run-audit.ts';

const help = `npm run audit -- [--only CHECK,…] [--user ID] [--settle-ms N] [--stuck-after-ms N] [--json]

Checks the data of all services, within each service and between them, while purchases continue.
The databases are AUTH_DATABASE_URL, PRODUCT_DATABASE_URL, PAYMENT_DATABASE_URL and MEDIA_DATABASE_URL (default: those of the running npm start).

  --only CHECK,…       run only these checks
  --user ID            check only the ledger of this user's wallets
  --settle-ms N        milliseconds that two services may differ before it counts (default 10000)
  --stuck-after-ms N   milliseconds that a decision, a refund or an event may be outstanding (default 60000)
  --json               print the report as JSON, and the progress to standard error (with npm --silent run audit -- --json)

Exit code 0: no violations; 1: a finding; 2: wrong usage, or a database does not answer.

Checks:
${[...allChecks].map(([name, what]) => `  ${name.padEnd(20)} ${what}`).join('\n')}`;

await runCommandLine({
  help,
  flags: {
    only: { type: 'string' },
    user: { type: 'string' },
    'settle-ms': { type: 'string' },
    'stuck-after-ms': { type: 'string' },
  },
  failureCode: 2,
  async run({ values, isJson, progress, signal }) {
    const report = await runAudit({
      only: values['only']?.toString().split(','),
      userId: userId(values['user']),
      recheckMs: milliseconds('--settle-ms', values['settle-ms']),
      stuckAfterMs: milliseconds('--stuck-after-ms', values['stuck-after-ms']),
      databaseUrls: await findServiceDatabases(process.env),
      currency: platformCurrency(process.env),
      signal,
      onProgress: progress,
    });
    process.stdout.write(`${isJson ? JSON.stringify(report, null, 2) : written(report)}\n`);
    return report.ok ? 0 : 1;
  },
});

function userId(text: string | boolean | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !isId(text)) throw new UsageError(`--user must be the id of a user: ${JSON.stringify(text)}.`);
  return text;
}

function milliseconds(option: string, text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text))
    throw new UsageError(`${option} must be a number of milliseconds: ${JSON.stringify(text)}.`);
  return Number(text);
}

function written({ checks, findings, summary }: AuditReport): string {
  const rows = checks.map(({ name, service, rows: looked, findings: found, durationMs }) => [
    name,
    service,
    count(looked),
    found === 0 ? 'ok' : count(found),
    `${seconds(durationMs)} s`,
  ]);
  const total = checks.reduce((sum, { findings: found }) => sum + found, 0);
  const listed = findings.map(({ check, subject, detail }) => `  ${check}: ${subject}\n    ${detail}`);
  const title = total > findings.length ? `${findings.length} of ${count(total)} findings:` : 'Findings:';
  return [
    '',
    ...table([['check', 'of', 'rows', 'found', 'time'], ...rows]),
    '',
    ...(total > 0 ? [title, ...listed, ''] : []),
    summary,
  ].join('\n');
}

/** Aligns names left and figures right. */
function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}
