/** A violation that a check found: its subject and its details. */
export type AuditFinding = { check: string; subject: string; detail: string };

export type CheckResult = {
  name: string;
  /** Service whose data it read; several are joined by `+`. */
  service: string;
  rows: number;
  findings: number;
  durationMs: number;
};

export type AuditReport = {
  ok: boolean;
  checks: CheckResult[];
  /** At most 100 findings, some of each check. `checks` counts all. */
  findings: AuditFinding[];
  summary: string;
};
