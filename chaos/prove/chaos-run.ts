import type { Infra } from '../../dev/infra/start-infra.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import type { CheckResult } from './check-everything.ts';
import type { Counters } from './counters.ts';
import type { FaultKind, NetworkFault } from './draw-fault.ts';
import type { Finding } from './finding.ts';
import type { WorkloadShape } from './prepare-workload.ts';
import type { Securing } from './secure-platform.ts';

export type ChaosOptions = {
  infra: Infra;
  /** Directory of the code that freezeBuild copied. */
  code: string;
  /** Directory of pid files and logs. */
  directory: string;
  /** Prefix of its databases and topics. */
  name: string;
  seed: number;
  durationMs: number;
  /** Milliseconds of load and faults before each check. */
  roundMs: number;
  faults: readonly FaultKind[];
  /** Mean milliseconds between two faults. */
  faultEveryMs: number;
  weights?: Partial<Record<FaultKind, number>>;
  network?: readonly NetworkFault[];
  /** Services whose instances get faults (default: all). */
  services?: readonly ServiceName[];
  /** Share of instance starts that crash at a failpoint, and the maximum number of times they reach it first. */
  crashes: { share: number; maxCount: number };
  shape: WorkloadShape;
  settings?: NodeJS.ProcessEnv;
  securing?: Securing;
  sql?: Partial<Record<ServiceName, readonly string[]>>;
  /** Milliseconds without progress after which pending work counts as stuck. */
  stuckAfterMs: number;
  signal: AbortSignal;
  onProgress(line: string): void;
};

export type ChaosRun = {
  seed: number;
  counters: Counters;
  copies: Record<string, number>;
  checked: CheckResult['checked'];
  rounds: number;
  findings: Finding[];
  /** Description of the first purchase among the findings. */
  story: string[];
  /** Milliseconds under load and faults. */
  durationMs: number;
  /** Milliseconds from the start to the last check. */
  wallMs: number;
};
