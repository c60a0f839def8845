import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileResult, TestResult } from './test-result.ts';

export type ReportOptions = { directory: string; suite?: string | undefined; durationMs: number };

export type Counts = { passed: number; failed: number; skipped: number };

/** Writes a pipeline's report (JUnit's XML), a line with the counts, the failures, and what passed in a second run only. */
export function writeReports(results: readonly FileResult[], { directory, suite, durationMs }: ReportOptions): Counts {
  mkdirSync(directory, { recursive: true });
  const tests = results.flatMap((result) => result.tests.map((test) => ({ ...test, file: result.file })));
  const counts = countTests(tests);
  const { failed, skipped } = counts;
  const name = suite ?? 'Florin';
  const attributes = { name, tests: tests.length, failures: failed, errors: 0, skipped, time: durationMs / 1000 };
  const xml = [`<testsuite${attributesOf(attributes)}>`, ...tests.map(testCase), '</testsuite>', ''];
  writeFileSync(join(directory, suite === undefined ? 'tests.xml' : `tests-${suite}.xml`), xml.join('\n'));
  writeFileSync(join(directory, 'tests.txt'), `${lineOf(counts)}\n`);
  const failures = tests.filter(({ state }) => state === 'failed');
  writeFileSync(join(directory, 'failed.txt'), failures.map(paragraphOf).join('\n'));
  const unstable = results.flatMap(({ file, firstFailures = [] }) => firstFailures.map((test) => ({ ...test, file })));
  const heading = 'Passed in a second run only. Mend what depends on the load of the machine:\n';
  writeFileSync(join(directory, 'unstable.txt'), unstable.length === 0 ? '' : [heading, ...unstable.map(paragraphOf)].join('\n'));
  return counts;
}

function paragraphOf({ file, suite, title, failure = '' }: TestResult & { file: string }): string {
  return `${file}\n${suite} ${title}\n${failure}\n`;
}

export function lineOf({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function countTests(tests: readonly TestResult[]): Counts {
  const count = (state: TestResult['state']): number => tests.filter((test) => test.state === state).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('pending') };
}

function testCase({ suite, title, file, durationMs, state, failure = '' }: TestResult & { file: string }): string {
  const attributes = attributesOf({ classname: suite, name: title, file, time: durationMs / 1000 });
  if (state === 'passed') return `<testcase${attributes}/>`;
  const inner = state === 'failed' ? `<failure>${escapeXml(failure)}</failure>` : '<skipped/>';
  return `<testcase${attributes}>${inner}</testcase>`;
}

function attributesOf(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

/** Control characters, which XML does not allow, and halves of surrogate pairs. */
const NOT_IN_XML = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, '').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
}
