/** What a check found wrong: about what, and what a person needs to know of it. */
export type AuditFinding = { check: string; subject: string; detail: string };

export type CheckResult = {
  name: string;
  /** Whose data it looked at; several joined by `+`. */
  service: string;
  rows: number;
  findings: number;
  durationMs: number;
};

export type AuditReport = {
  ok: boolean;
  checks: CheckResult[];
  /** At most a hundred, some of each check; `checks` counts them all. */
  findings: AuditFinding[];
  summary: string;
};
