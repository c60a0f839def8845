export type TestState = 'passed' | 'failed' | 'pending';

export type TestResult = {
  /** Titles of the enclosing suites. */
  suite: string;
  title: string;
  state: TestState;
  durationMs: number;
  /** Message, difference and stack of a failed test. */
  failure?: string;
};

/** The result of one test file. */
export type FileResult = {
  /** Relative to the root of the checkout. */
  file: string;
  tests: TestResult[];
  durationMs: number;
  /** Processor time of the worker alone. */
  cpuMs: number;
  /** Processor time of the processes that the tests started and ended. */
  childrenCpuMs: number;
  /** Output of Mocha's Spec reporter. */
  output: string;
  /** What failed in the first run, if the file passed in the second. */
  firstFailures?: readonly TestResult[];
};

/** The result of a file without its own: the worker crashed, hung or could not load it. */
export function failedFile(file: string, title: string, failure: string): FileResult {
  const test: TestResult = { suite: file, title, state: 'failed', durationMs: 0, failure };
  return {
    file,
    tests: [test],
    durationMs: 0,
    cpuMs: 0,
    childrenCpuMs: 0,
    output: `  ${file}\n    FAILED: ${title}\n${failure}\n`,
  };
}
