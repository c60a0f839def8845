// Runs the test files that the parent sends, one after another. It ends when the parent sends no more and nothing is running. It
// does not call process.exit, so that a test that leaves a server or a connection open is noticed.
import { runFile } from './run-file.ts';
import type { FileResult } from './test-result.ts';
import { writeCoverage } from './write-coverage.ts';

export type WorkerMessage = { result: FileResult } | { ending: string[] };
export type WorkerOrder = { file: string } | { end: true };

// Not for the processes that tests start: instrumented sources take most of their time, and few of them end by themselves.
const { FLORIN_COVERAGE: coverage } = process.env;
delete process.env['FLORIN_COVERAGE'];
if (coverage !== undefined) process.on('exit', () => writeCoverage(coverage));

process.on('message', (order: WorkerOrder) => {
  if ('file' in order) void runFile(order.file).then((result) => send({ result }));
  else end();
});

function end(): void {
  // A command that a test ran in this process may have set the exit code.
  process.exitCode = 0;
  send({ ending: process.getActiveResourcesInfo() }, () => process.disconnect());
}

function send(message: WorkerMessage, onSent: () => void = () => {}): void {
  process.send?.(message, onSent);
}
